import Core
import Foundation
import Glibc
import Support
import Testing

@Suite("A reload", .timeLimit(.minutes(15))) struct ReloadTests {
  @Test func `that only a restart could take is refused by name`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 3)
    defer { stand.server.stop() }
    let installation = try Installation("page: none\npoll: {rate: 0}\n" + stand.configuration)
    let daemon = try installation.start("run")
    await stand.server.received(1)
    try installation.write(
      "page: none\npoll: {rate: 9, contact: desk@example.org}\nalerts: other.jsonl\n"
        + stand.configuration, to: "tidings.yaml")
    daemon.signal(SIGHUP)
    try await daemon.says("changed=alerts, poll.contact, poll.rate")
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)
    #expect(!daemon.errors.contains("Reloaded"))
  }

  @Test func `storm ends with what was written last, and nothing is told twice`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 30)
    let other = try Newsstand(feeds: ["two"], limit: 3)
    defer { for each in [stand, other] { each.server.stop() } }
    let head = "page: none\npoll: {rate: 0, first_poll: alert}\n"
    func rule(_ note: String) -> String {
      "rules: [{id: watch, match: sandi, by: [article], note: \"\(note)\"}]\n"
    }
    let installation = try Installation(head + rule("0") + stand.configuration)
    let daemon = try installation.start("run")
    await stand.everyFeed(asked: 2)
    for turn in 1...100 {
      let text = turn % 3 == 0 ? "pge: none\n" : head + rule("\(turn)") + stand.configuration
      try installation.write(text, to: "tidings.yaml")
      daemon.signal(SIGHUP)
    }
    try installation.write(head + rule("last") + other.configuration, to: "tidings.yaml")
    daemon.signal(SIGHUP)
    await other.everyFeed(asked: 4)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    let notes = try installation.events("rule.defined").filter { $0["rule"]?.string == "watch" }
      .compactMap { $0["text"]?.string }
    #expect(notes.last?.contains("last") == true, "\(notes.count)")
    let articles = try installation.alerts().filter { $0["rule"]?.string == "watch" }
      .compactMap { $0["article"]?["id"]?.string }
    #expect(articles.count > 3 && Set(articles).count == articles.count, "\(articles)")
  }

  /// The configuration is a pipe, so that the test says when the start goes on.
  @Test func `asked for during the start is taken after it`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 3)
    defer { stand.server.stop() }
    let installation = try Installation("")
    let pipe = installation.path("pipe.yaml")
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let text = "page: none\npoll: {rate: 0}\n" + stand.configuration
    let daemon = try Running(["run", "--config", pipe])
    // Opening waits for the other end: the daemon has begun to read.
    var writer = try #require(FileHandle(forWritingAtPath: pipe))
    daemon.signal(SIGHUP)
    try writer.write(contentsOf: Data(text.utf8))
    try writer.close()
    await stand.server.received(1)
    writer = try #require(FileHandle(forWritingAtPath: pipe))
    try writer.write(contentsOf: Data(text.utf8))
    try writer.close()
    try await daemon.says("Reloaded")
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
  }

  @Test func `is taken by a daemon whose log nobody can write`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 3)
    let other = try Newsstand(feeds: ["two"], limit: 3)
    defer { for each in [stand, other] { each.server.stop() } }
    let head = "page: none\npoll: {rate: 0}\n"
    let installation = try Installation(head + stand.configuration)
    let daemon = try Running(
      ["run", "--config", installation.configuration], errorsTo: "/dev/full")
    await stand.everyFeed(asked: 1)
    try installation.write(head + other.configuration, to: "tidings.yaml")
    daemon.signal(SIGHUP)
    await other.everyFeed(asked: 2)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)
  }

  @Test func `that allows a private network asks at once what was refused for it`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 3)
    defer { stand.server.stop() }
    let head = "page: none\npoll: {rate: 0}\n"
    let feeds = stand.configuration
    let installation = try Installation(
      head + feeds.replacing("private_network: true", with: "private_network: false"))
    let daemon = try installation.start("run")
    try await daemon.says("Feed fails")
    try installation.write(head + feeds, to: "tidings.yaml")
    daemon.signal(SIGHUP)
    try await daemon.says("Feed answers again")
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)
    #expect(daemon.errors.contains("failure=refused_address feed.id=one"), "\(daemon.errors)")
  }

  @Test func `that follows a feed again knows that it failed before`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 3)
    defer { stand.server.stop() }
    let head = "page: none\npoll: {rate: 0}\n"
    let installation = try Installation(
      head + "feeds: [{name: one, url: \"http://127.0.0.1/\", every: 1s}]\n")
    #expect(try installation.run("run", "--once").status == 0)
    #expect(try installation.run("feeds").output.contains("failing"))
    try installation.write(head, to: "tidings.yaml")
    #expect(try installation.run("run", "--once").status == 0)
    try installation.write(head + stand.configuration, to: "tidings.yaml")
    #expect(try installation.run("run", "--once").status == 0)
    let feeds = try installation.run("feeds").output
    #expect(feeds.contains("ok") && !feeds.contains("failing"), "\(feeds)")
  }
}
