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

  /// Opens the views to fold into, or makes them; views of another version are made anew, empty.
  public init(_ file: String, _ projections: [any Projection]) throws {
    (self.file, self.projections) = (file, projections)
    var pool = try DatabasePool(path: file, configuration: Self.configuration)
    if try !pool.read({ try Self.isCurrent($0, projections) }) {
      try pool.close()
      try Self.remove(file)
      pool = try DatabasePool(path: file, configuration: Self.configuration)
      try pool.write { try Self.create(in: $0, projections) }
    }
    database = pool
  }

  /// Views to look at, beside the daemon or without it.
  ///
  /// - Throws: `ViewsError` where there are none, or those of another version.
  public static func reader(_ file: String, _ projections: [any Projection]) throws -> Views {
    try Views(reading: file, projections)
  }

  private init(reading file: String, _ projections: [any Projection]) throws {
    (self.file, self.projections) = (file, projections)
    var configuration = Self.configuration
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: file, configuration: configuration) else {
      throw ViewsError.missing(file)
    }
    guard try queue.read({ try Self.isCurrent($0, projections) }) else {
      throw ViewsError.otherVersion(file)
    }
    database = queue
  }

  /// The last position folded.
  public var position: Position {
    get throws {
      try database.read { db in
        let value = try Int64.fetchOne(db, sql: "SELECT position FROM checkpoint") ?? 0
        return Position(rawValue: UInt64(value))
      }
    }
  }

  /// Folds `batch` and moves the checkpoint, in one transaction.
  func fold(_ batch: [Recorded]) throws {
    guard let last = batch.last else { return }
    try ViewsError.naming(file) { try write(batch, upTo: last) }
  }

  private func write(_ batch: [Recorded], upTo last: Recorded) throws {
    try database.write { db in
      for recorded in batch {
        for projection in projections { try projection.apply(recorded, in: db) }
      }
      try db.cachedStatement(sql: "UPDATE checkpoint SET position = ?, log_time = ?")
        .execute(arguments: [
          Int64(last.position.rawValue), last.recordedAt.timeIntervalSince1970,
        ])
    }
  }

  /// Reads at one position.
  public func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try database.read(body)
  }

  public func close() throws {
    try database.close()
  }

  // MARK: Files

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      guard !db.configuration.readonly else { return }
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
    }
    configuration.busyMode = .timeout(5)
    return configuration
  }

  private static func signature(_ projections: [any Projection]) -> String {
    projections.map { type(of: $0).signature }.joined(separator: " ")
  }

  private static func isCurrent(_ db: Database, _ projections: [any Projection]) throws -> Bool {
    guard try db.tableExists("checkpoint") else { return false }
    return try String.fetchOne(db, sql: "SELECT signature FROM checkpoint")
      == signature(projections)
  }

  private static func create(in db: Database, _ projections: [any Projection]) throws {
    try db.execute(
      sql: """
        CREATE TABLE checkpoint (
          number INTEGER PRIMARY KEY CHECK (number = 1), signature TEXT NOT NULL,
          position INTEGER NOT NULL, log_time REAL NOT NULL);
        """)
    try db.execute(
      sql: "INSERT INTO checkpoint VALUES (1, ?, 0, 0)", arguments: [signature(projections)])
    for projection in projections { try projection.createTables(in: db) }
  }

  static func remove(_ file: String) throws {
    for suffix in ["", "-wal", "-shm"] {
      let path = file + suffix
      if FileManager.default.fileExists(atPath: path) {
        try FileManager.default.removeItem(atPath: path)
      }
    }
  }
}

/// Why views cannot be looked at.
public enum ViewsError: Error, Hashable, Sendable, CustomStringConvertible {
  case missing(String)
  case otherVersion(String)
  /// Nothing was written: there is no room on the disk.
  case full(String)

  public var description: String {
    switch self {
    case .missing(let file):
      "\(file): no views yet; start `tidings run`, or make them with `tidings rebuild`"
    case .otherVersion(let file):
      "\(file): made by another version; start `tidings run`, or make them anew with `tidings rebuild`"
    case .full(let file): "\(file): the disk is full; make room, all goes on by itself"
    }
  }

  /// Runs `body` on a database, and tells a full disk from all that is worse.
  static func naming<Value>(_ file: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
      throw ViewsError.full(file)
    }
  }
}
