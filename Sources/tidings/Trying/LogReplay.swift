import Core
import EventLog
import FoundationEssentials
import Projections
import Rules
import Text

/// Gives records of the log as rules see them, read by a vocabulary of today.
///
/// Records are read on all cores; they come in order all the same.
struct LogReplay {
  /// Records that are in memory at a time.
  private static let batch = 2_000

  let log: SegmentedLog
  /// Where the stories of articles are looked up, as they are now.
  let views: Views
  let reader: ArticleReader
  let progress: Projector.Report?

  /// Gives what was recorded at `start` or later, before `end` if one is given, and what the log itself was
  /// told of it.
  func run(
    from start: Date, before end: Position? = nil,
    _ body: (RuleRecord, Event.Fact) throws -> Void
  ) async throws {
    var position = try await log.position(atOrAfter: start)
    let last = try await log.end
    let end = min(last, end ?? last)
    while position < end {
      let records = try await log.read(from: position, limit: Self.batch)
      guard let last = records.last else { return }
      let wanted = try await read(records).filter { $0.position < end }
      let told = try views.read { db in
        try wanted.map { try ArticleStory(of: $0.event.fact, in: db) }
      }
      for (recorded, told) in zip(wanted, told) {
        try body(RuleRecord(recorded, told: told), recorded.event.fact)
      }
      position = last.position.next
      progress?(last.position.rawValue, end.rawValue)
    }
  }

  private func read(_ records: [Record]) async throws -> [Recorded] {
    let half = (records.count + 1) / 2
    async let second = Self.read(Array(records.dropFirst(half)), reader)
    return try Self.read(Array(records.prefix(half)), reader) + (try await second)
  }

  private static func read(_ records: [Record], _ reader: ArticleReader) throws -> [Recorded] {
    try records.compactMap { record in
      guard let event = try Event(of: record) else { return nil }
      let reading: Text.Reading? =
        switch event.fact {
        case .articlePublished(let article, _), .articleRevised(let article, _): reader(article)
        default: nil
        }
      return Recorded(
        position: record.position, recordedAt: record.recordedAt, event: event, payload: [],
        reading: reading)
    }
  }
}
