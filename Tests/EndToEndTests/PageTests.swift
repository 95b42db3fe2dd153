import Core
import Foundation
import Support
import Testing

@Suite("The page of a daemon", .timeLimit(.minutes(15))) struct PageOfADaemonTests {
  @Test func `gives each view, and the commands' own JSON`() async throws {
    let desk = try await PageDesk()
    defer { desk.end() }
    func page(_ target: String) async throws -> JSONValue {
      let (status, body) = try await WatchingTests.get(target, desk.port)
      try #require(status == "200", "\(target): \(body.prefix(200))")
      return try JSONValue(parsing: Array(body.utf8))
    }
    func command(_ words: String...) throws -> [JSONValue] {
      let outcome = try Installation.run(
        words + ["--json", "--config", desk.installation.configuration])
      try #require(outcome.status == 0, "\(words): \(outcome.errors)")
      return try outcome.lines.map { try JSONValue(parsing: Array($0.utf8)) }
    }
    #expect(
      try await page("/stories?since=all&format=json")["stories"]?.array == command("stories"))
    let story = try await desk.first("stories", "id", of: "/stories?since=all&format=json")
    #expect(try await page("/stories/\(story)?format=json") == command("stories", story)[0])
    #expect(try await page("/entities?format=json")["entities"]?.array == command("entities"))
    #expect(try await page("/entities/Palu?format=json") == command("entities", "Palu")[0])
    #expect(try await page("/topics?format=json")["topics"]?.array == command("topics"))
    #expect(
      try await page("/search?q=gempa&format=json")["articles"]?.array == command("search", "gempa")
    )
    #expect(try await page("/rules?format=json")["rules"]?.array == command("rules", "list"))
    let alerts = try await page("/alerts?rule=quake&format=json")["alerts"]?.array ?? []
    #expect(alerts.reversed() == (try command("tail", "--rule", "quake", "-n", "50")))
    #expect(alerts.count >= 2)
    // What the poller remembers moves on meanwhile.
    let feeds = try await page("/feeds?format=json")["feeds"]?.array ?? []
    #expect(feeds.first?["feed"]?.string == "broken")
    let names = try Set(command("feeds", "list").compactMap { $0["feed"]?.string })
    #expect(Set(feeds.compactMap { $0["feed"]?.string }) == names)
  }

  @Test func `tries a query on the past, and says what is wrong with one`() async throws {
    let desk = try await PageDesk()
    defer { desk.end() }
    let (_, body) = try await WatchingTests.get(
      "/rules/try?match=entity:Palu&since=24h&format=json", desk.port)
    let trial = try JSONValue(parsing: Array(body.utf8))
    #expect(trial["cut"]?.bool == false)
    #expect((trial["rule"]?["alerts"]?.number ?? 0) >= 1, "\(body)")
    #expect(trial["rule"]?["samples"]?.array?.first?["why"]?.array?.isEmpty == false)
    let (status, fault) = try await WatchingTests.get(
      "/rules/try?match=gempa+AND+banjir+OR+api", desk.port)
    #expect(status == "400" && fault.contains("mixed without parentheses"), "\(fault)")
  }
}

@Suite("The token of a daemon's page", .timeLimit(.minutes(15))) struct PageTokenOfADaemonTests {
  private func installation(_ token: String?) throws -> Installation {
    let installation = try Installation("page: 127.0.0.1:0\npage_token_file: page.token\n")
    if let token {
      try installation.write(token, to: "page.token")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: installation.path("page.token"))
    }
    return installation
  }

  @Test func `is wanted of all who ask, and of nobody who asks whether it is well`() async throws {
    let token = "a long enough token"
    let installation = try installation(token + "\n")
    let daemon = try installation.start("run")
    let port = try await WatchingTests.port(of: daemon)
    for target in ["/", "/alerts.json", "/events", "/metrics", "/page.css"] {
      let answer = try await Exchange.ask(target, of: port)
      #expect(answer.hasPrefix("HTTP/1.1 401"), "\(answer)")
      #expect(
        answer.contains("WWW-Authenticate: Basic realm=\"Tidings\"") && !answer.contains(token))
    }
    #expect(try await WatchingTests.get("/healthz", port).status == "200")
    let answer = try await Exchange.send(
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n\r\n",
      to: port)
    #expect(answer.hasPrefix("HTTP/1.1 200"), "\(answer)")
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)
    #expect(!daemon.errors.contains(token) && !daemon.output.contains(token))
    // Its folder goes with it.
    withExtendedLifetime(installation) {}
  }

  @Test(
    arguments: [
      (nil, "cannot be read; make the file"),
      ("short", "the token of the page could be guessed; write 16"),
      ("two\nlines of it\n", "is not one line"),
    ] as [(String?, String)]) func `that is none is a fault`(token: String?, fault: String) throws
  {
    let outcome = try installation(token).run("check")
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains("tidings.yaml:2:18: ") && outcome.errors.contains(fault))
    #expect(try installation(token).run("check", "--no-secrets").status == 0)
  }
}
