public import EventLog
import FoundationEssentials
public import GRDB

/// The views in `views.sqlite`: derived, and deleted without loss.
///
/// All move together: rows and the position up to which they are folded change in one transaction, so
/// after any crash they agree. `synchronous=NORMAL` suffices, for the log is the durable part.
public final class Views: Sendable {
  let file: String
  let database: any DatabaseWriter
  let projections: [any Projection]

  /// Opens the views of the log with the identity `log` to fold into, or makes them, empty.
  ///
  /// - Throws: `ViewsError.otherVersion`, `ViewsError.otherLog`; `Rebuild.open` knows what to do.
  public init(_ file: String, log: UInt128, _ projections: [any Projection]) throws {
    (self.file, self.projections) = (file, projections)
    database = try DatabasePool(path: file, configuration: Self.configuration)
    try prepare(log)
  }

  /// The same, and nobody else may open the file meanwhile.
  ///
  /// - Throws: `ViewsError.inUse` where somebody has.
  init(alone file: String, log: UInt128, _ projections: [any Projection]) throws {
    (self.file, self.projections) = (file, projections)
    var configuration = Self.configuration
    configuration.journalMode = .wal
    configuration.prepareDatabase { db in
      // 16 MB of cache hold the inner pages of a million articles.
      try db.execute(
        sql: """
          PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;
          """)
    }
    database = try ViewsError.naming(file) {
      try DatabaseQueue(path: file, configuration: configuration)
    }
    try prepare(log)
  }

  /// Views to look at, beside the daemon or without it.
  ///
  /// - Throws: `ViewsError` where there are none, or those of another version.
  public static func reader(_ file: String, _ projections: [any Projection]) throws -> Views {
    try Views(reading: file, projections)
  }

  private init(reading file: String, _ projections: [any Projection]) throws {
    (self.file, self.projections) = (file, projections)
    guard let queue = try? DatabaseQueue(path: file, configuration: Self.readOnly) else {
      throw ViewsError.missing(file)
    }
    guard try queue.read(Checkpoint.init)?.signature == Self.signature(projections) else {
      throw ViewsError.otherVersion(file)
    }
    database = queue
  }

  private func prepare(_ log: UInt128) throws {
    try ViewsError.naming(file) {
      try database.write { db in
        guard let checkpoint = try Checkpoint(db) else { return try create(in: db, log) }
        guard checkpoint.signature == Self.signature(projections) else {
          throw ViewsError.otherVersion(file)
        }
        guard checkpoint.log == log else { throw ViewsError.otherLog(file) }
      }
    }
  }

  private func create(in db: Database, _ log: UInt128) throws {
    try Checkpoint.create(in: db, signature: Self.signature(projections), log: log)
    try KnownEvents.createTable(in: db)
    for projection in projections { try projection.createTables(in: db) }
  }

  /// How far the views are folded, and of which log.
  public var checkpoint: Checkpoint {
    get throws {
      guard let checkpoint = try read(Checkpoint.init) else { throw ViewsError.missing(file) }
      return checkpoint
    }
  }

  /// The last position folded.
  public var position: Position {
    get throws { try checkpoint.position }
  }

  /// Refuses views of another log, and those that know more than `log` does: it is a restored backup.
  ///
  /// - Throws: `ViewsError.otherLog`, `ViewsError.beyondLog`.
  public func check(against log: any EventLog, identity: UInt128) async throws {
    // The views are asked first: a daemon that goes on meanwhile only moves the log's end away.
    let checkpoint = try checkpoint
    try checkpoint.check(file, log: identity, end: try await log.end)
  }

  /// The same of views of any version, where there are some that can be read.
  public static func check(
    _ file: String, against log: any EventLog, identity: UInt128
  ) async throws {
    guard FileManager.default.fileExists(atPath: file),
      let database = try? DatabaseQueue(path: file, configuration: Self.readOnly),
      let checkpoint = try? await database.read({ try Checkpoint($0) })
    else { return }
    try checkpoint.check(file, log: identity, end: try await log.end)
  }

  /// Folds `batch` and moves the checkpoint, in one transaction.
  public func fold(_ batch: [Recorded]) throws {
    guard let last = batch.last else { return }
    try fold(batch, after: try position, through: last.position, at: last.recordedAt)
  }

  /// Folds what is to be folded of the records after one position up to another, in one transaction.
  ///
  /// - Throws: `ViewsError.full`; `ViewsError.inUse` where the views are not at `before`, for somebody
  ///   else has folded.
  func fold(
    _ batch: [Recorded], after before: Position, through last: Position, at time: Date
  ) throws {
    try ViewsError.naming(file) {
      try database.write { db in
        guard try Checkpoint.move(in: db, from: before, to: last, at: time) else {
          throw ViewsError.inUse(file)
        }
        for projection in projections { projection.begin() }
        for recorded in batch where try KnownEvents.insert(recorded.event, in: db) {
          let recorded = try FeedLanguages.settled(recorded, in: db)
          for projection in projections { try projection.apply(recorded, in: db) }
        }
        for projection in projections { try projection.settle(in: db) }
      }
    }
  }

  /// Reads at one position.
  public func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try database.read(body)
  }

  public func close() throws {
    try database.close()
  }

  static func signature(_ projections: [any Projection]) -> String {
    projections.map { type(of: $0).signature }.joined(separator: " ")
  }
}
