import ArgumentParser
import Core
import EventLog

/// Which records a command of the log is about.
struct RecordFilter: ParsableArguments {
  @Option(help: "The first position.")
  var from: UInt64 = 0

  @Option(help: "Only what was recorded since then: RFC 3339, a date, or how long ago (24h).")
  var since: Moment?

  @Option(help: "Only events of this type; may be given more than once.")
  var type: [String] = []

  @Option(help: "Only events of this feed.")
  var feed: String?

  func validate() throws {
    for type in type where EventKind(type: type) == nil {
      let fix = Suggestion.fix(for: type, in: EventKind.allCases.map(\.type))
      throw ValidationError("unknown type '\(type)'; \(fix)")
    }
  }

  /// Whether a record is meant, by its header alone.
  ///
  /// Streams are told apart by a hash, so another feed's record may pass once in four thousand million.
  var isMeant: (Record) -> Bool {
    let kinds = Set(type.compactMap { EventKind(type: $0)?.rawValue })
    let stream = feed.map(StreamName.feed)
    return { record in
      (kinds.isEmpty || kinds.contains(record.kind))
        && (stream.map(record.belongs(to:)) ?? true)
    }
  }

  /// Gives the records that are there, batch by batch; returns the position behind them.
  func forEach(
    in log: SegmentedLog, _ body: ([Record]) throws -> Void
  ) async throws -> Position {
    var position = Position(rawValue: from)
    if let since { position = max(position, try await log.position(atOrAfter: since.date)) }
    return try await log.forEachBatch(from: position) { try body($0.filter(isMeant)) }
  }
}
