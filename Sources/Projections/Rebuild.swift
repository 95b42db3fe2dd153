public import EventLog
import FoundationEssentials
import GRDB

/// Makes views anew from the log: beside the live ones, to take their place or to be held against them.
///
///     fold(.new) ── whole, synced ──▶ .ready ── swap, by the log's writer ──▶ views.sqlite
///
/// A daemon has its views open, and connections that it opened after a swap would see another file than
/// those before. So only who holds the log to write swaps: a daemon at its start, or a person while
/// none runs. Readers may be there at any time; they read on in the file that they opened.
public struct Rebuild: Sendable {
  let file: String
  /// Fresh ones each time: what a projection keeps in memory belongs to one fold.
  let makeProjections: @Sendable () -> [any Projection]
  let log: any EventLog
  let identity: UInt128
  let makeReader: MakeReader
  /// Names what articles are read with from now on; views that hold names found otherwise are made anew.
  let models: String?
  let report: Projector.Report?
  /// Told why views are made anew, and of how many records, before that begins.
  let tell: (@Sendable (Reason, _ records: UInt64) -> Void)?

  /// Why live views do not do.
  public enum Reason: String, Sendable {
    case missing = "there are none"
    case version = "they are of another version"
    case names = "other lists or models find the names now"
  }

  /// Of the live views in `file`, and of the log whose identity is given with it.
  public init(
    _ file: String, _ makeProjections: @escaping @Sendable () -> [any Projection],
    log: any EventLog, identity: UInt128, makeReader: @escaping MakeReader, models: String? = nil,
    report: Projector.Report? = nil,
    tell: (@Sendable (Reason, _ records: UInt64) -> Void)? = nil
  ) {
    (self.file, self.makeProjections, self.log) = (file, makeProjections, log)
    (self.identity, self.makeReader) = (identity, makeReader)
    (self.models, self.report, self.tell) = (models, report, tell)
  }

  /// The live views, to fold into: where they are missing or of another version, they are made first.
  ///
  /// The caller holds the log to write.
  ///
  /// - Throws: `ViewsError.beyondLog`, `ViewsError.otherLog`: the log is not the one they were made of.
  public func open() async throws -> Views {
    let end = try await log.end
    let live = try checkpoint(of: "")
    try live?.check(file, log: identity, end: end)
    let ready = try checkpoint(of: Views.beside.ready)
    if isUsable(ready, end), try !holdsOtherNames(Views.beside.ready) {
      try swap()
    } else if let reason = try reason(live) {
      tell?(reason, end.rawValue - 1)
      try await prepare()
      try swap()
    }
    return try Views(file, log: identity, makeProjections())
  }

  private func reason(_ live: Checkpoint?) throws -> Reason? {
    guard let live else { return .missing }
    guard live.signature == signature else { return .version }
    return try holdsOtherNames("") ? .names : nil
  }

  /// Folds the whole log beside the live views and leaves them ready to take their place.
  ///
  /// A daemon may run. What was broken off goes on. Returns the last position folded.
  ///
  /// - Throws: `ViewsError.inUse` while another process does the same.
  @discardableResult
  public func prepare() async throws -> Position {
    let views = try await begun()
    let position = try await fold(into: views, before: nil)
    // Whole, synced and without a log of writes; renamed while nobody else can open it.
    try views.settle()
    try Views.removeLogs(of: file + Views.beside.new)
    try Views.removeDatabase(file + Views.beside.ready)
    try Views.rename(file + Views.beside.new, to: file + Views.beside.ready)
    try views.close()
    return position
  }

  /// Puts what is ready in the place of the live views.
  ///
  /// The caller holds the log to write and has no views open.
  public func swap() throws {
    try Views.swap(file + Views.beside.ready, for: file)
  }

  /// Views of all records before `end`, made in `path`, for the caller to close.
  ///
  /// The file has no name from the beginning on: however the program ends, no word of it stays.
  public func views(before end: Position, in path: String) async throws -> Views {
    let views = try Views(alone: path, log: identity, makeProjections())
    try Views.removeDatabase(path)
    _ = try await fold(into: views, before: end)
    return views
  }

  func fold(into views: Views, before end: Position?) async throws -> Position {
    let projector = try Projector(views, log: log, makeReader: makeReader)
    try await projector.catchUp(before: end, report: report)
    return await projector.position
  }

  // MARK: What is there

  /// What was begun beside, if it fits; else an empty beginning.
  private func begun() async throws -> Views {
    let path = file + Views.beside.new
    let end = try await log.end
    do {
      let views = try Views(alone: path, log: identity, makeProjections())
      let isOther = try views.read(isOfOtherModels)
      if try views.position < end, !isOther { return views }
      try views.close()
    } catch ViewsError.otherVersion {
    } catch ViewsError.otherLog {
    }
    try Views.removeDatabase(path)
    return try Views(alone: path, log: identity, makeProjections())
  }

  private var signature: String { Views.signature(makeProjections()) }

  private func isUsable(_ checkpoint: Checkpoint?, _ end: Position) -> Bool {
    guard let checkpoint else { return false }
    return checkpoint.signature == signature && checkpoint.log == identity
      && checkpoint.position < end
  }

  /// Whether names in the views were found by other lists or models than those that read articles now.
  private func holdsOtherNames(_ name: String) throws -> Bool {
    guard models != nil else { return false }
    return try DatabaseQueue(path: file + name, configuration: Views.configuration)
      .read(isOfOtherModels)
  }

  private func isOfOtherModels(_ db: Database) throws -> Bool {
    guard let models, try db.tableExists(EntityTables.models) else { return false }
    return try String.fetchAll(db, sql: "SELECT id FROM \(EntityTables.models)")
      .contains { $0 != models }
  }

  private func checkpoint(of name: String) throws -> Checkpoint? {
    let path = file + name
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try DatabaseQueue(path: path, configuration: Views.configuration).read(Checkpoint.init)
  }
}
