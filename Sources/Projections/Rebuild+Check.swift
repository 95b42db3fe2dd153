import EventLog
import FoundationEssentials
import GRDB

extension Rebuild {
  /// A table that a new fold makes otherwise.
  public struct Difference: Hashable, Sendable, CustomStringConvertible {
    public var live: TableDigest
    public var anew: TableDigest
    /// The key of the first row that differs.
    public var key: String

    public var description: String {
      "\(live) live; \(anew.rows) rows, digest \(anew.hex) folded anew; first: \(key)"
    }
  }

  /// Folds anew up to where the live views are, and compares every row of every table.
  ///
  /// A daemon may go on: one transaction holds the live views as they were. Memory does not grow with
  /// the views; the disk has to hold them twice. `compared` is told how many tables of how many are done.
  public func check(compared: Projector.Report? = nil) async throws -> [Difference] {
    let live = try frozen()
    let checkpoint = try Self.checkpoint(of: live, file)
    try checkpoint.check(file, log: identity, end: try await log.end)
    let path = file + Views.beside.check
    try Views.removeDatabase(path)
    defer { try? Views.removeDatabase(path) }
    let anew = try await views(before: checkpoint.position.next, in: path)
    let differences = try compare(live, anew, compared)
    try anew.close()
    return differences
  }

  /// The live views as they are now, however long one looks at them.
  private func frozen() throws -> DatabaseSnapshot {
    try Views.reader(file, makeProjections()).close()
    return try DatabasePool(path: file, configuration: Views.readOnly).makeSnapshot()
  }

  private static func checkpoint(of live: DatabaseSnapshot, _ file: String) throws -> Checkpoint {
    guard let checkpoint = try live.read(Checkpoint.init) else { throw ViewsError.missing(file) }
    return checkpoint
  }

  private func compare(
    _ live: DatabaseSnapshot, _ anew: Views, _ compared: Projector.Report?
  ) throws -> [Difference] {
    let tables = try Views.orders(of: makeProjections(), in: anew)
    return try tables.enumerated().compactMap { number, table in
      compared?(UInt64(number), UInt64(tables.count))
      return try live.read { live in
        try anew.read { try compare(table.table, table.order, live, $0) }
      }
    }
  }

  private func compare(
    _ table: String, _ order: [String], _ live: Database, _ anew: Database
  ) throws -> Difference? {
    var old = try TableScan(table, order: order, in: live)
    var new = try TableScan(table, order: order, in: anew)
    var key: String?
    while true {
      let lines = (try old.next(), try new.next())
      guard lines.0 != nil || lines.1 != nil else { break }
      if key == nil, lines.0?.hash != lines.1?.hash {
        key = Self.text(lines.0?.key, lines.1?.key)
      }
    }
    return key.map { Difference(live: old.digest, anew: new.digest, key: $0) }
  }

  private static func text(_ live: String?, _ anew: String?) -> String {
    live == anew ? live ?? "" : "\(live ?? "none") live, \(anew ?? "none") anew"
  }
}

extension Views {
  /// The digest of each table.
  func digests() throws -> [TableDigest] {
    let tables = try Self.orders(of: projections, in: self)
    return try read { db in
      try tables.map { table, order in
        var scan = try TableScan(table, order: order, in: db)
        while try scan.next() != nil {}
        return scan.digest
      }
    }
  }

  /// Every table of the views, with the columns of its order.
  static func orders(
    of projections: [any Projection], in views: Views
  ) throws -> [(table: String, order: [String])] {
    try views.read { db in
      [(KnownEvents.table, ["high", "low"])]
        + (try projections.flatMap { projection in
          let type = type(of: projection)
          return try type.tables.map { ($0, try type.order(of: $0, in: db)) }
        })
    }
  }
}
