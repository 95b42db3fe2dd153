public import EventLog
import FoundationEssentials
import GRDB

/// Folds the views anew, to replace the live ones or to be held against them.
public struct Rebuild: Sendable {
  /// A table that a new fold makes otherwise.
  public struct Difference: Hashable, Sendable, CustomStringConvertible {
    public var table: String
    public var liveRows: Int
    public var newRows: Int
    /// The first row that differs, as text; nil where only the number does.
    public var row: String?

    public var description: String {
      "\(table): \(liveRows) rows live, \(newRows) folded anew"
        + (row.map { "; first: \($0)" } ?? "")
    }
  }

  private let file: String
  private let projections: [any Projection]
  /// Fresh ones: what a projection keeps in memory belongs to one fold.
  private let makeProjections: @Sendable () -> [any Projection]
  private let log: any EventLog
  private let makeReader: MakeReader

  public init(
    _ file: String, _ makeProjections: @escaping @Sendable () -> [any Projection],
    log: any EventLog, makeReader: @escaping MakeReader
  ) {
    (self.file, projections, self.makeProjections) = (file, makeProjections(), makeProjections)
    (self.log, self.makeReader) = (log, makeReader)
  }

  /// Makes the views anew and puts them in the place of the old ones.
  ///
  /// Nobody may have them open: the caller holds the log. Returns the last position folded.
  public func replace() async throws -> Position {
    let fresh = file + ".new"
    let position = try await fold(into: fresh, upTo: nil)
    try Views.remove(file)
    for emptied in [fresh + "-wal", fresh + "-shm"]
    where FileManager.default.fileExists(atPath: emptied) {
      try FileManager.default.removeItem(atPath: emptied)
    }
    try FileManager.default.moveItem(atPath: fresh, toPath: file)
    return position
  }

  /// Folds up to where the live views are, and compares every row of every table.
  public func check() async throws -> [Difference] {
    let live = try Views.reader(file, projections)
    // One read transaction, so that a daemon that goes on does not move what is compared.
    let copy = file + ".check"
    let snapshot = file + ".live"
    defer { for name in [copy, snapshot] { try? Views.remove(name) } }
    try Views.remove(snapshot)
    let target = try DatabaseQueue(path: snapshot)
    try live.database.backup(to: target)
    try target.close()
    let frozen = try Views.reader(snapshot, projections)
    _ = try await fold(into: copy, upTo: try frozen.position)
    let fresh = try Views.reader(copy, projections)
    return try projections.flatMap { projection in
      try type(of: projection).tables.compactMap { try compare($0, frozen, fresh) }
    }
  }

  private func fold(into path: String, upTo last: Position?) async throws -> Position {
    try Views.remove(path)
    let views = try Views(path, makeProjections())
    let projector = try Projector(views, log: log, makeReader: makeReader)
    try await projector.catchUp(upTo: last)
    let position = await projector.position
    // The file must be whole by itself: a pool closes its readers last, and they cannot do it.
    _ = try await views.database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    try views.close()
    return position
  }

  private func compare(_ table: String, _ live: Views, _ fresh: Views) throws -> Difference? {
    let old = try rows(of: table, in: live)
    let new = try rows(of: table, in: fresh)
    guard old != new else { return nil }
    let place = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let row = place.map { "\(old[$0].prefix(200)) / \(new[$0].prefix(200))" }
    return Difference(table: table, liveRows: old.count, newRows: new.count, row: row)
  }

  /// Every row as text, in the order of the primary key.
  private func rows(of table: String, in views: Views) throws -> [String] {
    try views.read { db in
      let key = try db.primaryKey(table).columns.map { "\"\($0)\"" }.joined(separator: ", ")
      return try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY \(key)").map { row in
        row.map { "\($0)=\($1)" }.joined(separator: " ")
      }
    }
  }
}
