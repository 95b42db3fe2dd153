import Core
import EventLog
import Foundation
import GRDB
import Glibc

/// The log beside plain calls on the same disk, in one run.
///
/// The disk's own speed wanders by the second, so ours and the reference take turns, and the ratio of each
/// turn counts: the middle one is told.
enum LogBenchmark {
  static func run() async throws {
    try await appends()
    try await appendBesideSQLite()
    try await LongLogBenchmark.run()
  }

  static func appends() async throws {
    for batch in [1, 10, 100, 1_000] { try await append(batch) }
  }

  // MARK: Appending

  private static let payload = [UInt8](repeating: UInt8(ascii: "x"), count: 1_500)

  private static func records(_ count: Int) -> [NewRecord] {
    (0..<count).map { NewRecord(id: UInt128($0), kind: 1, payload: payload) }
  }

  private static func append(_ batch: Int) async throws {
    try await inFolder { folder in
      let log = try SegmentedLog.open(folder + "/log", now: Date())
      let (ours, plain) = (records(batch), Array(repeating: payload, count: batch).flatMap { $0 })
      let file = unsafe open(folder + "/plain", O_WRONLY | O_CREAT, 0o600)
      defer { close(file) }
      let turns = try await takeTurns(rounds: max(10, 100 / batch)) {
        try await log.append(ours, to: .alerts, at: Date())
      } reference: {
        precondition(unsafe write(file, plain, plain.count) == plain.count && fdatasync(file) == 0)
      }
      try await log.close()
      Benchmarks.row(
        "append by \(batch)", turns, per: Double(batch), "records/s", "write + fdatasync")
    }
  }

  /// SQLite as others would use it for a log: WAL, FULL, unique on position and on id.
  private static func appendBesideSQLite() async throws {
    try await inFolder { folder in
      let log = try SegmentedLog.open(folder + "/log", now: Date())
      var configuration = GRDB.Configuration()
      configuration.journalMode = .wal
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      let database = try DatabaseQueue(path: folder + "/log.sqlite", configuration: configuration)
      try await database.write { db in
        try db.execute(
          sql: """
            CREATE TABLE event (position INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,
              stream TEXT NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL);
            CREATE UNIQUE INDEX event_stream ON event (stream, position);
            """)
      }
      let ours = records(1_000)
      let body = Data(payload)
      let turns = try await takeTurns(rounds: 4) {
        try await log.append(ours, to: .alerts, at: Date())
      } reference: {
        try await database.write { db in
          let insert = try db.cachedStatement(
            sql: "INSERT INTO event (id, stream, at, payload) VALUES (randomblob(16), ?, 1, ?)")
          for _ in 0..<1_000 { try insert.execute(arguments: ["alerts", body]) }
        }
      }
      try await log.close()
      try database.close()
      Benchmarks.row("append by 1,000", turns, per: 1_000, "records/s", "SQLite, FULL, 2 indexes")
    }
  }

  // MARK: Measuring

  static func inFolder(_ body: (String) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "tidings-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await body()
    return (ContinuousClock.now - start).seconds
  }

  /// Seconds a round of both, turn by turn.
  private static func takeTurns(
    rounds: Int, _ ours: () async throws -> Void, reference: () async throws -> Void
  ) async throws -> [(ours: Double, reference: Double)] {
    var turns: [(Double, Double)] = []
    for turn in 0..<12 {
      let a = try await seconds { for _ in 0..<rounds { try await ours() } } / Double(rounds)
      let b = try await seconds { for _ in 0..<rounds { try await reference() } } / Double(rounds)
      // The first turn warms both up.
      if turn > 0 { turns.append((a, b)) }
    }
    return turns
  }
}
