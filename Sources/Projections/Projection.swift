public import GRDB

/// Folds events into tables of its own.
///
/// Folding is pure: no clock, no network, no randomness, no locale, no order of a dictionary; so a
/// rebuild gives the same rows. It is total, for a fact cannot be refused. A fact that comes again is
/// not folded again: `Views` sees to that for all.
public protocol Projection: Sendable {
  /// Raised whenever equal events would give other rows.
  static var version: Int { get }
  /// Its tables, each with a primary key or an order of its own.
  static var tables: [String] { get }
  /// The columns by which the rows of `table` stand in one order only; its primary key by default.
  static func order(of table: String, in db: Database) throws -> [String]
  func createTables(in db: Database) throws
  /// Folds one event; the views that stand before it in the list have folded it already.
  func apply(_ recorded: Recorded, in db: Database) throws
  /// Begins a transaction: what an earlier one gathered and never settled was rolled back with it.
  func begin()
  /// Ends it: writes what was gathered while its events were folded. Where it ends changes no row.
  func settle(in db: Database) throws
}

extension Projection {
  /// Names the view and its version.
  static var signature: String { "\(self)/\(version)" }

  public func begin() {}
  public func settle(in db: Database) throws {}

  public static func order(of table: String, in db: Database) throws -> [String] {
    try db.primaryKey(table).columns
  }
}
