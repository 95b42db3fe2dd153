import Core
import Foundation
import Support
import Testing

@Suite("The page of a daemon", .timeLimit(.minutes(2))) struct PageOfADaemonTests {
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
