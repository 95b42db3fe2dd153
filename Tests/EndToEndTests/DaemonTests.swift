import Core
import Foundation
import Glibc
import Support
import Testing

@Suite("A daemon") struct DaemonTests {
  @Test func `refuses a second one on its data and says who holds it`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 3)
    defer { stand.server.stop() }
    let installation = try Installation("page: none\npoll: {rate: 0}\n" + stand.configuration)
    let first = try installation.start("run")
    await stand.server.received(1)
    let second = try installation.run("run")
    #expect(second.status == 1)
    #expect(second.errors.contains("in use by process \(first.pid)"))
    first.signal(SIGTERM)
    #expect(first.waitForEnd() == 0, "\(first.errors)")
  }

  /// The configuration is a pipe that is never filled, so the start does not go on.
  @Test(.timeLimit(.minutes(15))) func `that is stopped while it starts ends with 0`() throws {
    let installation = try Installation("")
    let pipe = installation.path("pipe.yaml")
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let daemon = try Running(["run", "--config", pipe])
    let writer = try #require(FileHandle(forWritingAtPath: pipe))
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)
    try writer.close()
  }

  @Test func `keeps its configuration when the new one is faulty, and takes a good one`()
    async throws
  {
    let stand = try Newsstand(feeds: ["one", "two"], limit: 3)
    defer { stand.server.stop() }
    let one = stand.configuration.split(separator: "\n").prefix(2).joined(separator: "\n") + "\n"
    let installation = try Installation("page: none\npoll: {rate: 0}\n" + one)
    let daemon = try installation.start("run")
    await stand.server.received(2)
    try installation.write("pge: none\n", to: "tidings.yaml")
    daemon.signal(SIGHUP)
    await stand.server.received(stand.server.requests.count + 2)
    try installation.write(
      "page: none\npoll: {rate: 0}\n" + stand.configuration, to: "tidings.yaml")
    daemon.signal(SIGHUP)
    await stand.everyFeed(asked: 2)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)
    #expect(daemon.errors.contains("did you mean page"), "\(daemon.errors)")
    #expect(daemon.errors.contains("Reloaded"))
    let told = try installation.alerts().filter { $0["rule"]?.string == "tidings.reload" }
    #expect(told.map { $0["state"]?.string } == ["fired", "resolved"])
    let id = try #require(told.first?["alert_id"]?.string)
    let why = try installation.run("why", id).output
    #expect(why.contains("refused; the old configuration goes on"), "\(why)")
    #expect(why.contains("did you mean page"))
  }

  @Test func `names what is wrong with each feed and lets none hold up another`() async throws {
    let server = try LocalServer { request in
      switch request.target {
      case "/page": .answer(200, [], "<!DOCTYPE html><html><head><title>x</title></head></html>")
      case "/empty": .answer(200, [], "")
      case "/gone": .answer(404, [], "x")
      case "/silent": .silence
      default: .answer(200, [("ETag", "\"1\"")], Newsstand.document("/good", entries: 2))
      }
    }
    defer { server.stop() }
    let names = ["page", "empty", "gone", "silent", "good"]
    let feeds = names.map {
      "  - {name: \($0), url: \"\(server.address("/\($0)"))\", every: 1s, private_network: true}"
    }
    let installation = try Installation(
      "page: none\npoll: {rate: 0}\nfeeds:\n" + feeds.joined(separator: "\n") + "\n")
    let daemon = try installation.start("run")
    await server.received(9)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    let rows = try installation.run("feeds", "--json").lines.map {
      try JSONValue(parsing: Array($0.utf8))
    }
    let failures = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["feed"]?.string ?? "", $0["failure"]?.string) })
    #expect(
      failures["page"] == "not_a_feed" && failures["empty"] == "empty" && failures["gone"] == "http"
    )
    #expect(failures["good"] == .some(nil))
    #expect(rows.first { $0["feed"]?.string == "good" }?["published"]?.number == 2)
  }

  @Test func `is followed by tail, which resumes after a cursor without gap or repeat`()
    async throws
  {
    let stand = try Newsstand(feeds: ["one"], limit: 6)
    defer { stand.server.stop() }
    let installation = try Installation(
      "page: none\npoll: {first_poll: alert, rate: 0}\nrules: [{id: watch, match: sandi}]\n"
        + stand.configuration)
    let daemon = try installation.start("run")
    await stand.server.received(1)
    let tail = try installation.start("tail", "-f", "--json", "--from", "0")
    await stand.everyFeed(asked: 8)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    tail.signal(SIGTERM)
    tail.waitForEnd()
    let all = try installation.run("tail", "--json", "--from", "0").lines
    #expect(all.count == 6)
    #expect(all.starts(with: tail.output.split(separator: "\n").map(String.init)))
    let cursor = try #require(try JSONValue(parsing: Array(all[2].utf8))["cursor"]?.string)
    #expect(try installation.run("tail", "--json", "--from", cursor).lines == Array(all[3...]))
    #expect(try installation.run("tail", "--json", "-n", "2").lines == Array(all.suffix(2)))
    let id = try #require(try JSONValue(parsing: Array(all[0].utf8))["alert_id"]?.string)
    let why = try installation.run("why", String(id.prefix(12)))
    #expect(why.status == 0 && why.output.contains("sandi"))
    #expect(try installation.run("why", "zzzz").status == 2)
    #expect(try installation.run("search", "sandi").status == 0)
    #expect(try installation.run("search", "tidakada").status == 2)
  }
}
