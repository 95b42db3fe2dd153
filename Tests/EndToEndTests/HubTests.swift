import Core
import Foundation
import Glibc
import Projections
import Support
import Synchronization
import Testing

/// A feed and its hub on one server, and the built binary with a callback that the hub reaches on loopback.
@Suite("A hub", .timeLimit(.minutes(15))) struct HubTests {
  private static let callback = "https://we.example/hub"

  /// What the server shows, and how its hub answers.
  private final class Scene: Sendable {
    private let state: Mutex<(entries: Int, status: Int)>

    init(entries: Int, status: Int = 202) {
      state = Mutex((entries, status))
    }

    func show(_ entries: Int) { state.withLock { $0.entries = entries } }

    func answer(_ request: Request) -> Reply {
      let (entries, status) = state.withLock { $0 }
      guard request.target != "/hub" else { return .answer(status, [], "so be it") }
      // Its address begins with the host that it was asked by.
      let base = "http://\(request["Host"] ?? "")"
      return .answer(
        200,
        [
          ("Link", "<\(base)/hub>; rel=hub, <\(base)/a.xml>; rel=\"self\""),
          ("ETag", "\"\(entries)\""),
        ],
        Newsstand.document("/a", entries: entries))
    }
  }

  private let scene: Scene
  private let server: LocalServer
  private let port: Int
  private let installation: Installation

  init() throws {
    let scene = Scene(entries: 2)
    self.scene = scene
    server = try LocalServer { scene.answer($0) }
    port = try ClosedPort().port
    installation = try Installation(
      """
      page: 127.0.0.1:\(port)
      poll: {rate: 0, first_poll: alert, websub: {callback: "\(Self.callback)/"}}
      feeds: [{name: a, url: "\(server.address("/a.xml"))", private_network: true}]
      rules: [{id: watch, match: sandi}]

      """)
  }

  // MARK: The hub's side

  /// The forms that the hub was sent, once there are `count`.
  private func forms(_ count: Int) async throws -> [[String: String]] {
    while true {
      let requests = server.requests
      let forms = requests.filter { $0.target == "/hub" }.map { request in
        var components = URLComponents()
        components.percentEncodedQuery = String(decoding: request.body, as: UTF8.self)
        let items = (components.queryItems ?? []).map { ($0.name, $0.value ?? "") }
        return Dictionary(items) { first, _ in first }
      }
      if forms.count >= count { return forms }
      await server.received(requests.count + 1)
    }
  }

  /// The path of the callback in a form, as whoever ends TLS passes it on.
  private func path(_ form: [String: String]) throws -> String {
    let callback = try #require(form["hub.callback"])
    #expect(callback.hasPrefix(Self.callback + "/"))
    return String(callback.dropFirst("https://we.example".count))
  }

  /// Asks back, until somebody listens.
  private func verify(
    _ form: [String: String], topic: String? = nil, lease: Int = 864_000
  ) async throws -> String {
    let topic = topic ?? form["hub.topic"] ?? ""
    let query =
      "?hub.mode=\(form["hub.mode"] ?? "")&hub.topic=\(topic)&hub.challenge=c0ffee"
      + "&hub.lease_seconds=\(lease)"
    let path = try path(form)
    while true {
      do {
        return try await Exchange.ask(path + query, host: "we.example", of: port)
      } catch is SocketError {
        try await Task.sleep(for: .milliseconds(20))
      }
    }
  }

  private func push(
    _ entries: Int, _ form: [String: String], secret: String? = nil
  ) async throws -> String {
    let body = Array(Newsstand.document("/a", entries: entries).utf8)
    let key = Array((secret ?? form["hub.secret"] ?? "").utf8)
    let code = HMAC.sha256(body, key: key).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return try await Exchange.post(
      body,
      [("Content-Type", "application/rss+xml"), ("X-Hub-Signature", "sha256=\(code.joined())")],
      to: path(form), host: "we.example", of: port)
  }

  /// Waits for what `tidings feeds` says of the subscription.
  private func websub(_ isRight: (JSONValue) -> Bool) async throws -> JSONValue {
    while true {
      let line = try installation.run("feeds", "--json").lines.first
      let value = try line.map { try JSONValue(parsing: Array($0.utf8)) }
      if let value, let websub = value["websub"], isRight(websub) { return value }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  private func stop(_ daemon: Running) {
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
  }

  // MARK: What happens

  @Test func `that is named by a feed pushes what becomes articles and alerts`() async throws {
    defer { server.stop() }
    let daemon = try installation.start("run")
    let form = try #require(try await forms(1).first)
    #expect(form["hub.mode"] == "subscribe" && form["hub.topic"] == server.address("/a.xml"))
    // Nobody else's question is answered, nor one about something else.
    var stranger = form
    stranger["hub.callback"] = Self.callback + "/" + String(repeating: "0", count: 64)
    #expect(try await verify(stranger).hasPrefix("HTTP/1.1 404"))
    #expect(try await verify(form, topic: "https://other.example/").hasPrefix("HTTP/1.1 404"))
    let answer = try await verify(form)
    #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("\r\n\r\nc0ffee"))
    let polls = server.requests.count
    #expect(try await push(3, form, secret: "wrong").hasPrefix("HTTP/1.1 202"))
    _ = try await websub { $0["dropped"]?.number == 1 }
    #expect(try await push(3, form).hasPrefix("HTTP/1.1 202"))
    let feed = try await websub { $0["pushes"]?.number == 1 }
    #expect(feed["websub"]?["state"]?.string == "held" && feed["published"]?.number == 3)
    #expect(feed["polls"]?.number == 1 && server.requests.count == polls)
    let huge = [UInt8](repeating: 0x20, count: 9 << 20)
    let refusal = try await Exchange.post(huge, to: path(form), of: port)
    #expect(refusal.hasPrefix("HTTP/1.1 413"))
    stop(daemon)
    let published = try installation.events("article.published").map {
      $0["article"]?["title"]?.string
    }
    #expect(Set(published).contains("Kabar 3 dari /a") && published.count == 3)
    #expect(try installation.alerts().count == 3)
    #expect(try installation.events("feed.fetched").compactMap { $0["partial"]?.bool } == [true])
    #expect(try installation.events("feed.gapped").isEmpty)
    #expect(try installation.run("rebuild", "--check").status == 0)
    let secret = try #require(form["hub.secret"])
    let said =
      try installation.run("feeds", "--json").output + installation.run("log", "cat").output
    #expect(!(said + daemon.errors).contains(secret))
  }

  /// Changes what is remembered while nobody runs.
  private func change(_ body: (inout HubSubscription, inout PollState) -> Void) throws {
    let store = try StateStore(installation.path("data/state.sqlite"))
    var hub = try #require(try store.loadHubs().first)
    var state = try #require(try store.load([Feed.ID("a")])[Feed.ID("a")])
    body(&hub, &state)
    try store.saveHubs([hub], dropped: [])
    try store.save([Feed.ID("a"): state])
  }

  @Test
  func `is asked again before its lease ends, and told when its feed is not followed any more`()
    async throws
  {
    defer { server.stop() }
    var daemon = try installation.start("run")
    let first = try #require(try await forms(1).first)
    #expect(try await verify(first).hasPrefix("HTTP/1.1 200"))
    _ = try await websub { $0["state"]?.string == "held" }
    stop(daemon)
    // Four fifths of the lease pass.
    try change { hub, _ in hub.nextAsk = Date() }
    daemon = try installation.start("run")
    let again = try #require(try await forms(2).last)
    #expect(again == first)
    #expect(try await verify(again, lease: 5_000_000).hasPrefix("HTTP/1.1 200"))
    // No lease is believed beyond thirty days.
    _ = try await websub { websub in
      (websub["lease_until"]?.string).flatMap { Timestamp.date($0) }.map {
        $0 > Date() + 864_000 && $0 < Date() + 2_700_000
      } ?? false
    }
    stop(daemon)
    let configuration = try String(contentsOfFile: installation.configuration, encoding: .utf8)
    let lines = configuration.split(separator: "\n").filter { !$0.hasPrefix("feeds:") }
    try installation.write(lines.joined(separator: "\n"), to: "tidings.yaml")
    daemon = try installation.start("run")
    let last = try #require(try await forms(3).last)
    #expect(last["hub.mode"] == "unsubscribe" && last["hub.callback"] == first["hub.callback"])
    #expect(last["hub.secret"] == nil)
    #expect(try await verify(last).hasSuffix("c0ffee"))
    #expect(try await push(9, first).hasPrefix("HTTP/1.1 404"))
    stop(daemon)
    let store = try StateStore(installation.path("data/state.sqlite"))
    #expect(try store.loadHubs().isEmpty)
  }

  @Test func `that pushes nothing, or is gone, leaves its feed to be polled as usual`() async throws
  {
    defer { server.stop() }
    var daemon = try installation.start("run")
    let form = try #require(try await forms(1).first)
    #expect(try await verify(form).hasPrefix("HTTP/1.1 200"))
    _ = try await websub { $0["state"]?.string == "held" }
    // Soon the poller knows: what comes after a poll is a backup, a day after the last.
    let why = "a backup, since a hub tells of its news"
    repeat {
      #expect(try installation.run("feeds", "poll", "a").status == 0)
    } while try await websub({ _ in true })["next_due_why"]?.string != why
    // It finds an entry that was not pushed.
    scene.show(3)
    #expect(try installation.run("feeds", "poll", "a").status == 0)
    while try await websub({ _ in true })["next_due_why"]?.string == why {
      try await Task.sleep(for: .milliseconds(50))
    }
    stop(daemon)
    // Its lease ends, and the poll is put off for long still.
    try change { hub, state in
      hub.leaseEnd = Date() - 1
      hub.nextAsk = Date() + 3_600
      state.lastAttempt = Date() - 80_000
      state.nextDue = Date() + 6_000
    }
    let polls = server.requests.count
    daemon = try installation.start("run")
    await server.received(polls + 1)
    let feed = try await websub { $0["state"]?.string == "asked" }
    #expect(
      feed["websub"]?["message"]?.string == "its lease ended; its hub did not renew it")
    stop(daemon)
  }

  @Test func `that refuses is left alone, and its feed polled`() async throws {
    defer { server.stop() }
    let refusing = Scene(entries: 2, status: 400)
    let server = try LocalServer { refusing.answer($0) }
    defer { server.stop() }
    let configuration = try String(contentsOfFile: installation.configuration, encoding: .utf8)
    try installation.write(
      configuration.replacing(self.server.address("/"), with: server.address("/")),
      to: "tidings.yaml")
    let daemon = try installation.start("run")
    let feed = try await websub { $0["message"] != nil }
    #expect(feed["websub"]?["message"]?.string == "its hub answered 400: so be it")
    #expect(feed["next_due_why"]?.string == "as often as politeness allows")
    stop(daemon)
    #expect(server.requests.map(\.method) == ["GET", "POST"])
  }

  @Test(arguments: [
    ("{callback: \"http://we.example/\"}", "is no address for hubs; write an https:// address"),
    ("{callback: \"https://we.example/?a=1\"}", "is no address for hubs; write an https://"),
    ("{hub: x}", "unknown key 'hub'"),
    ("{callback: \"https://we.example/\"}", "there is no page; give `page:` an address"),
  ]) func `cannot be configured so that none can reach us`(websub: String, words: String) throws {
    defer { server.stop() }
    let outcome = try Installation("poll: {websub: \(websub)}\npage: none\n").run("check")
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }
}
