import EventLog
import Foundation

/// A log of given records, for those that no writer of today makes.
struct ShelfLog: EventLog {
  var records: [Record]

  /// Each kind and payload as one record, from position 1 on.
  init(_ records: [(kind: UInt16, payload: String)]) {
    self.records = records.enumerated().map { number, record in
      Record(
        position: Position(rawValue: UInt64(number) + 1),
        recordedAt: Archived.now.addingTimeInterval(Double(number)), kind: record.kind,
        streamHash: 0, payload: Array(record.payload.utf8))
    }
  }

  var end: Position {
    get async throws(EventLogError) { Position(rawValue: UInt64(records.count) + 1) }
  }

  func append(
    _ records: [NewRecord], to stream: StreamName, at now: Date, ifUnchangedSince seen: Position?
  ) async throws(EventLogError) -> Range<Position> {
    throw .closed
  }

  func read(from position: Position, limit: Int) async throws(EventLogError) -> [Record] {
    Array(records.filter { $0.position >= position }.prefix(limit))
  }

  func subscribe(from position: Position) -> Subscription {
    Subscription(from: position) { position throws(EventLogError) in
      try await read(from: position, limit: 100)
    }
  }
}
