import Core
import Foundation
import Glibc
import Projections
import Support
import Synchronization
import Testing

@Suite("Polling", .timeLimit(.minutes(15))) struct PollingTests {
  private static let head = "page: none\npoll: {rate: 0}\n"

  private func feeds(_ server: LocalServer, _ options: String = "every: 6h") -> String {
    Self.head
      + "feeds: [{name: a, url: \"\(server.address("/a.xml"))\", private_network: true, \(options)}]\n"
  }

  private static func document(_ request: Request) -> Reply {
    request["If-None-Match"] == "\"1\""
      ? .answer(304)
      : .answer(200, [("ETag", "\"1\"")], Newsstand.document("/a", entries: 2))
  }

  /// Changes what is remembered of the feed, and makes it due.
  private func change(_ installation: Installation, _ body: (inout PollState) -> Void) throws {
    let store = try StateStore(installation.path("data/state.sqlite"))
    var state = try #require(try store.load([Feed.ID("a")])[Feed.ID("a")])
    body(&state)
    state.nextDue = nil
    state.hintUntil = nil
    try store.save([Feed.ID("a"): state])
  }

  @Test func `of one feed is done at once, without a daemon, and conditionally`() throws {
    let server = try LocalServer(Self.document)
    defer { server.stop() }
    let installation = try Installation(feeds(server))
    let first = try installation.run("feeds", "poll", "a")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.hasPrefix("a: answered 200; next at 20"))
    #expect(try installation.run("run", "--once").status == 0)
    #expect(server.requests.count == 1)
    let second = try installation.run("feeds", "poll", "a")
    #expect(second.output.hasPrefix("a: nothing new (304); next at 20"), "\(second.errors)")
    #expect(server.requests.last?["If-None-Match"] == "\"1\"")
    let unknown = try installation.run("feeds", "poll", "b")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("b: is no feed of"))
  }

  @Test func `of one feed is asked of the daemon that runs`() async throws {
    let server = try LocalServer(Self.document)
    defer { server.stop() }
    let installation = try Installation(feeds(server))
    let daemon = try installation.start("run")
    await server.received(1)
    try await daemon.says("Started")
    // A wish made while the feed is being asked is granted by that answer.
    while try installation.run("feeds", "--json").output.contains(#""polls":0"#) {}
    let outcome = try installation.run("feeds", "poll", "a")
    #expect(outcome.output.hasPrefix("a: nothing new (304); next at 20"), "\(outcome.errors)")
    #expect(server.requests.count == 2)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)
  }

  @Test func `of one feed never goes before its publisher allows`() throws {
    let server = try LocalServer { _ in
      .answer(200, [("Cache-Control", "max-age=3600")], Newsstand.document("/a", entries: 2))
    }
    defer { server.stop() }
    let installation = try Installation(feeds(server, "every: 1s"))
    #expect(try installation.run("feeds", "poll", "a").status == 0)
    let again = try installation.run("feeds", "poll", "a")
    #expect(again.status == 1)
    #expect(again.errors.contains("a: its publisher asked for nothing before 20"))
    #expect(server.requests.count == 1)
    #expect(
      try installation.run("feeds").output.contains("fresh until then, as its publisher says"))
  }

  @Test func `of one feed remembers when its document wants to be asked again`() throws {
    let hints =
      "<channel><ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod>"
      + "<skipHours><hour>1</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
    let document = Newsstand.document("/a", entries: 2).replacing("<channel>", with: hints)
    let server = try LocalServer { _ in .answer(200, [], document) }
    defer { server.stop() }
    let installation = try Installation(feeds(server, "weight: 2"))
    #expect(try installation.run("feeds", "poll", "a").status == 0)
    let store = try StateStore(installation.path("data/state.sqlite"))
    let state = try #require(try store.load([Feed.ID("a")])[Feed.ID("a")])
    #expect(state.askedInterval == .seconds(86_400))
    #expect(state.skip == SkipTimes(hours: [1], days: ["Sunday"]))
  }

  @Test func `of a new feed learns its rate from the dates of its entries`() throws {
    let dates = [0.1, 1, 3, 400].map { Timestamp.text(Date() - $0 * 86_400) }
    let items = dates.map { "<item><title>Kabar \($0)</title><pubDate>\($0)</pubDate></item>" }
    let server = try LocalServer { _ in
      .answer(200, [], "<rss version=\"2.0\"><channel>\(items.joined())</channel></rss>")
    }
    defer { server.stop() }
    let installation = try Installation(feeds(server))
    #expect(try installation.run("run", "--once").status == 0)
    let store = try StateStore(installation.path("data/state.sqlite"))
    let state = try #require(try store.load([Feed.ID("a")])[Feed.ID("a")])
    #expect(state.rateEntries == 3 && state.rateDays == 14)
  }

  @Test func `sends what an operator says of a feed, secrets from their files`() throws {
    let server = try LocalServer(Self.document)
    defer { server.stop() }
    let installation = try Installation(
      feeds(
        server,
        "user: desk, password_file: feed.pw, headers: {X-Key: abc}, user_agent: Desk/1"))
    try installation.write("geheim\n", to: "feed.pw")
    #expect(try installation.run("run", "--once").status == 0)
    let request = try #require(server.requests.first)
    #expect(request["Authorization"] == "Basic ZGVzazpnZWhlaW0=")
    #expect(request["X-Key"] == "abc")
    #expect(request["User-Agent"] == "Desk/1")
    let log = try installation.run("log", "cat").output
    #expect(!log.contains("geheim") && !log.contains("ZGVzazpnZWhlaW0"))
  }

  @Test(arguments: [
    ("password_file: feed.pw", "half a login; give both user and password_file, or neither"),
    ("token_file: none.token", "none.token' cannot be read; make the file, with one line"),
    ("headers: {Cookie: a}", "'Cookie' is no header to be set here"),
    ("proxy: \"ftp://x/\"", "'ftp://x/' is no proxy; write http://host:port or socks5h://"),
    ("tls: never", "'never' is no way of TLS; write insecure, or leave it out"),
    ("ca_file: none.pem", "none.pem' holds no certificate; give a readable file with"),
    ("max_bytes: 64M", "over 32M, which nobody reads"),
    ("min_interval: 2h, max_interval: 1h", "max_interval is shorter than min_interval; swap"),
    ("weight: 0", "'0' is no whole number that fits; write 1 to 100"),
  ]) func `is refused with options that do not hold`(options: String, words: String) throws {
    let server = try LocalServer(Self.document)
    defer { server.stop() }
    let outcome = try Installation(feeds(server, options)).run("check")
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test(arguments: [
    ("sites: {www.example.org: {gap: 5s}}", "write example.org, for which it holds"),
    ("sites: {example.org: {gap: fast}}", "'fast' is no duration of 0s or more"),
    ("budget: 0", "'0' is no whole number that fits; write 1 to 1440"),
  ]) func `is refused with rules that do not hold`(rules: String, words: String) throws {
    let outcome = try Installation("page: none\npoll: {\(rules)}\n").run("check")
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func `warns of certificates that nobody vouches for, and of logins in the clear`() throws {
    let insecure = try Installation(
      "page: none\nfeeds: [{name: a, url: \"https://example.org/\", tls: insecure}]\n"
    ).run("check")
    #expect(insecure.status == 0)
    #expect(insecure.errors.contains("feed 'a' takes any certificate"))
    let open = try Installation(
      "page: none\nfeeds: [{name: a, url: \"http://example.org/\", token_file: x}]\n"
    ).run("check", "--no-secrets")
    #expect(open.errors.contains("a login would be sent without encryption; write https://"))
  }

  @Test func `shows each feed with the cause in words, and each site with our manners`() throws {
    let server = try LocalServer { request in
      request.target == "/a.xml" ? .answer(404) : Self.document(request)
    }
    defer { server.stop() }
    let installation = try Installation(feeds(server))
    #expect(try installation.run("run", "--once").status == 0)
    let line = try #require(try installation.run("feeds", "list", "--json").lines.first)
    for part in [
      "\"state\":\"failing\"", "\"kind\":\"notFound\"",
      "\"next_due_why\":\"waits after one failure\"",
      "\"message\":\"not found (404); look for the feed's new address\"", "\"status\":404",
      "\"site\":\"127.0.0.1:\(server.port)\"",
    ] {
      #expect(line.contains(part), "\(line)")
    }
    let sites = try installation.run("feeds", "list", "--sites", "--json").output
    #expect(sites.contains("\"site\":\"127.0.0.1:\(server.port)\""))
    #expect(sites.contains("\"requests\":1"))
    #expect(try installation.run("feeds", "list", "--sites").output.contains("longest Retry-After"))
  }

  @Test func `H2, P24: tells in the log that a feed is gone, and shows it so`() throws {
    let server = try LocalServer { _ in .answer(410) }
    defer { server.stop() }
    let installation = try Installation(feeds(server))
    #expect(try installation.run("run", "--once").status == 0)
    #expect(try installation.events("feed.gone").isEmpty)
    // A day passes.
    try change(installation) { state in
      state.goneAt = state.goneAt.map { $0 - 90_000 }
    }
    #expect(try installation.run("run", "--once").status == 0)
    #expect(try installation.events("feed.gone").count == 1)
    #expect(try installation.run("feeds").output.contains("polled no more: its publisher ended it"))
  }

  @Test func `R1, P27: tells in the log that a feed moved, and asks at its new address`() throws {
    let server = try LocalServer { request in
      request.target == "/a.xml"
        ? .redirect(301, to: "/new.xml")
        : .answer(200, [], Newsstand.document("/a", entries: 2))
    }
    defer { server.stop() }
    let installation = try Installation(feeds(server, "every: 1s"))
    for _ in 0..<6 {
      #expect(try installation.run("run", "--once").status == 0)
      try change(installation) { state in
        state.movedSince = state.movedSince.map { $0 - 200_000 }
      }
    }
    let moved = try #require(try installation.events("feed.moved").first)
    #expect(moved["to"]?.string == server.address("/new.xml"))
    #expect(server.requests.last?.target == "/new.xml")
    #expect(try installation.run("feeds").output.contains("put that into the configuration"))
  }
}
