import Core
import Dispatch
import EventLog
import Foundation
import GRDB
import Projections
import Rules
import Serving
import Support
import Testing

@testable import tidings

@Suite("Questions to the views", .timeLimit(.minutes(10))) struct ViewReadersTests {
  static let endless = """
    WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n
    """

  static func readers(_ folder: TemporaryFolder, time: Duration = .seconds(5)) throws -> ViewReaders
  {
    let file = folder.path("views.sqlite")
    try Views(file, log: 1, tidings.Reading.projections).close()
    return ViewReaders(time: time) { try Views.reader(file, tidings.Reading.projections) }
  }

  @Test func `are broken off when they take too long, and leave room for others`() async throws {
    let folder = try TemporaryFolder()
    let readers = try Self.readers(folder, time: .milliseconds(50))
    for _ in 0..<5 {
      await #expect(throws: PageError.tooLong) {
        try await readers.read { try $0.read { try Int.fetchOne($0, sql: Self.endless) } }
      }
    }
    #expect(try await readers.read { try $0.position }.rawValue == 0)
  }

  @Test func `wait while others are answered, and are refused when too many do`() async throws {
    let folder = try TemporaryFolder()
    let readers = try Self.readers(folder)
    let gate = DispatchSemaphore(value: 0)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      // Three are answered, sixty-four wait, and the rest is told to come back.
      for _ in 0..<70 {
        group.addTask {
          do {
            return try await readers.read { _ in
              gate.wait()
              return true
            }
          } catch PageError.busy {
            return false
          }
        }
      }
      var refused = 0
      for _ in 0..<3 where try await group.next() == false { refused += 1 }
      #expect(refused == 3)
      for _ in 0..<67 { gate.signal() }
      var answered = 0
      for try await isAnswered in group where isAnswered { answered += 1 }
      #expect(answered == 67)
    }
  }

  @Test func `fail as what they read does`() async throws {
    struct Broken: Error {}
    let folder = try TemporaryFolder()
    let readers = try Self.readers(folder)
    await #expect(throws: Broken.self) { try await readers.read { _ in throw Broken() } }
    let lost = ViewReaders { try Views.reader(folder.path("none"), tidings.Reading.projections) }
    await #expect(throws: ViewsError.missing(folder.path("none"))) {
      try await lost.read { try $0.position }
    }
  }
}

@Suite("A query on the past", .timeLimit(.minutes(10))) struct TrialsTests {
  /// A log of ten articles, a minute apart, and its views.
  private func trying(
    _ query: String, since seconds: Double, with trials: Trials = Trials()
  ) async throws -> Trial {
    let desk = try await ScriptedLog(
      "entities: {Q1: {name: Palu, type: place}}\nrules: [{id: other, match: banjir}]")
    for number in 0..<10 {
      try await desk.publish(
        number % 2 == 0 ? "Gempa di Palu \(number)" : "Hujan \(number)", at: Double(number) * 60,
        id: "a\(number)", text: OwnWords.text("kata\(number)"))
    }
    let rules = try RuleSet.read(desk.folder.path("rules.yaml"))
    let paths = Paths(data: desk.folder.url.path, alerts: "")
    try FileManager.default.createSymbolicLink(
      atPath: paths.views, withDestinationPath: desk.folder.path("views"))
    return try await trials.run(
      query, since: ScriptedLog.start.addingTimeInterval(seconds), in: rules, desk.log, paths)
  }

  @Test func `says what it would have told, with the words that are known`() async throws {
    let trial = try await trying("entity:Palu AND gempa", since: -1)
    #expect(trial.articles == 10 && !trial.isCut)
    #expect(trial.rule.fired.count == 5 && trial.rule.known == 0)
    #expect(trial.rule.fired.first?.article?.title == "Gempa di Palu 0")
    #expect(trial.rule.fired.first?.why.map(\.clause) == ["entity:Palu", "gempa"])
    #expect(try await trying("hujan", since: 300).rule.fired.count == 3)
  }

  @Test func `looks at the newest where there is more than it may look at`() async throws {
    let trial = try await trying("gempa OR hujan", since: -1, with: Trials(records: 3))
    #expect(trial.isCut && trial.articles == 3)
    #expect(trial.since > ScriptedLog.start)
  }

  @Test func `is broken off when it takes too long`() async throws {
    await #expect(throws: PageError.tooLong) {
      try await trying("gempa", since: -1, with: Trials(time: .zero))
    }
  }

  @Test(arguments: [
    ("gempa AND hujan OR api", "match: AND and OR mixed without parentheses"),
    ("entity:Nowhere", "match: "), ("(gempa", "match: "),
  ]) func `that cannot be read says why`(query: String, says: String) async throws {
    await #expect {
      try await trying(query, since: -1)
    } throws: { error in
      guard case PageError.unclear(let what) = error else { return false }
      return what.hasPrefix(says) && what.count > says.count
    }
  }
}
