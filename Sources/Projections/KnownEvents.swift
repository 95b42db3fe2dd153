public import Core
import GRDB

/// The ids of all events that were folded: one that comes again changes nothing, in no view.
enum KnownEvents {
  static let table = "known_event"

  static func createTable(in db: Database) throws {
    // Two integers are the 128 bits in a third of the room of their text.
    try db.execute(
      sql: """
        CREATE TABLE known_event (
          high INTEGER NOT NULL, low INTEGER NOT NULL, PRIMARY KEY (high, low)) WITHOUT ROWID;
        """)
  }

  /// Takes an event in; false where it was known.
  static func insert(_ event: Event, in db: Database) throws -> Bool {
    try db.run("INSERT OR IGNORE INTO known_event VALUES (?, ?)", arguments(event.id))
    return db.changesCount == 1
  }

  static func contains(_ id: Digest, in db: Database) throws -> Bool {
    try db.first("SELECT 1 FROM known_event WHERE high = ? AND low = ?", arguments(id)) != nil
  }

  private static func arguments(_ id: Digest) -> StatementArguments {
    [Int64(truncatingIfNeeded: id.bits >> 64), Int64(truncatingIfNeeded: id.bits)]
  }
}

extension Views {
  /// Whether the fact with this id is folded.
  public func knows(_ id: Digest) throws -> Bool {
    try read { try KnownEvents.contains(id, in: $0) }
  }
}
