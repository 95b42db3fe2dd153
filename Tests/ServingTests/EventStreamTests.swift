import Core
import EventLog
import Foundation
import Testing

@testable import Projections
@testable import Serving

@Suite("Alerts as they come", .timeLimit(.minutes(1))) struct EventStreamTests {
  static func line(_ position: UInt64, title: String = "Gempa") -> PlacedAlert {
    var line = SampleSource(title: title).line
    line.position = Position(rawValue: position)
    return line
  }

  /// The first pieces of the stream that a question gets.
  static func pieces(
    _ count: Int, _ target: String, _ headers: [String: String] = [:], coming: [PlacedAlert]
  ) async throws -> [String] {
    var source = SampleSource()
    source.coming = AsyncStream { stream in coming.forEach { stream.yield($0) } }
    let answer = await PageTests.ask(target, headers, of: Page(source))
    var pieces = try #require(answer.stream).makeAsyncIterator()
    var texts: [String] = []
    for _ in 0..<count {
      let piece = try #require(try await pieces.nextBuffer(suggested: 4_096))
      texts.append(String(decoding: piece, as: UTF8.self))
    }
    return texts
  }

  @Test func `are sent under the cursor of their line`() async throws {
    let texts = try await Self.pieces(3, "/events", coming: [Self.line(8), Self.line(9)])
    #expect(texts[0] == "retry: 3000\n: listening\n\n")
    #expect(
      texts[1].hasPrefix("id: 8\nevent: alert\ndata: {\"v\":1,\"alert_id\":\"x1\",\"cursor\":\"8\"")
    )
    #expect(texts[1].hasSuffix("}\n\n") && texts[2].hasPrefix("id: 9\n"))
  }

  @Test(arguments: [("/events?from=8", [:]), ("/events?from=1", ["last-event-id": "8"])])
  func `go on behind the one that was heard last`(target: String, headers: [String: String])
    async throws
  {
    let texts = try await Self.pieces(2, target, headers, coming: [Self.line(8), Self.line(9)])
    #expect(texts[1].hasPrefix("id: 9\n"))
  }

  @Test func `from now on are those behind what is folded`() async throws {
    let texts = try await Self.pieces(2, "/events", coming: [Self.line(7), Self.line(8)])
    #expect(texts[1].hasPrefix("id: 8\n"))
  }

  @Test(arguments: HTMLTests.hostile) func `are one line each, whatever a title says`(title: String)
    async throws
  {
    let texts = try await Self.pieces(2, "/events", coming: [Self.line(8, title: title)])
    let lines = texts[1].split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 5 && lines[3].isEmpty && lines[4].isEmpty)
    let json = try JSONValue(parsing: Array(lines[2].dropFirst("data: ".count).utf8))
    #expect(json["article"]?["title"]?.string == title)
  }

  @Test func `have as many listeners as there may be, and room again when one is gone`() async {
    let page = PageTests.page(title: "x")
    var answers: [Answer] = []
    for _ in 0..<PageLimits.listeners { answers.append(await PageTests.ask("/events", of: page)) }
    #expect(answers.allSatisfy { $0.status == 200 })
    #expect(await PageTests.ask("/events", of: page).status == 503)
    answers.removeLast()
    #expect(await PageTests.ask("/events", of: page).status == 200)
  }

  @Test func `are not sent to who asks for the head alone`() async throws {
    let answer = await PageTests.ask("/events", method: "HEAD")
    #expect(answer.status == 200 && answer.stream == nil)
    #expect(answer.headers.contains { $0.value == "text/event-stream; charset=utf-8" })
  }
}
