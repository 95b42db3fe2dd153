import EventLog
import FoundationEssentials
import Projections
import Rules
import Text

/// Opens what commands look at, beside the daemon or without it.
enum Reading {
  /// The log, up to its durable end.
  static func log(_ paths: Paths) throws -> SegmentedLog {
    do {
      return try SegmentedLog.reader(paths.log)
    } catch EventLogError.io(_, _, let code) where code == 2 {
      throw Failure(paths.log, "there is no log yet", fix: "start `tidings run`")
    }
  }

  /// The log to append to, while no daemon runs.
  ///
  /// - Throws: `locked` while one does; `ViewsError` for a log that is older than the views beside it, a restored
  ///   backup: what is appended would take the place of what they know.
  static func writableLog(_ paths: Paths) async throws -> SegmentedLog {
    let log = try SegmentedLog.open(paths.log, now: WallClock.now())
    do {
      try await Views.check(paths.views, against: log, identity: await log.identity)
    } catch {
      try await log.close()
      throw error
    }
    return log
  }

  static func views(_ paths: Paths) throws -> Views {
    do {
      return try Views.reader(paths.views, projections)
    } catch ViewsError.missing(let file) where FileManager.default.fileExists(atPath: file) {
      throw Failure(
        file, "cannot be read as views",
        fix: "check your rights to it, or make it anew with `tidings rebuild`")
    }
  }

  /// What the poller remembers, to leave a wish there.
  static func writableState(_ paths: Paths) throws -> StateStore {
    do {
      return try StateStore(paths.state)
    } catch {
      throw Failure(
        paths.state, "cannot be written: \(error)", fix: "run this as the daemon's user")
    }
  }

  /// What the poller remembers.
  static func state(_ paths: Paths) throws -> StateStore {
    do {
      return try StateStore.reading(paths.state)
    } catch {
      throw Failure(
        paths.state, "cannot be read: \(error)",
        fix: "run this as the daemon's user; if it is damaged stop the daemon and remove it")
    }
  }

  /// Gives `body` the views as they were before `time`; as they are now where it is nil or to come.
  ///
  /// The past is folded from the log into a file that is removed afterwards: every view answers for
  /// every moment, and costs a replay up to there.
  static func withViews(
    _ paths: Paths, asOf time: Date?, _ body: (Views) throws -> Void
  ) async throws {
    let live = try views(paths)
    guard let time else { return try body(live) }
    let log = try log(paths)
    try await live.check(against: log, identity: await log.identity)
    let after = try await log.position(atOrAfter: time)
    guard after <= (try live.position) else { return try body(live) }
    let path = FileManager.default.temporaryDirectory
      .appending(path: "tidings-\(UUID().uuidString).sqlite").path
    defer { try? Views.remove(path) }
    let past = try await withProgress(paths, log) { try await $0.views(before: after, in: path) }
    try body(past)
    try past.close()
  }

  /// Does what folds the log, and tells a person how far it is.
  static func withProgress<Value>(
    _ paths: Paths, _ log: SegmentedLog, _ body: (Rebuild) async throws -> Value
  ) async throws -> Value {
    let progress = Progress("records")
    defer { progress.end() }
    // What was begun beside with other lists or models must not be gone on with.
    let models = ReadingModels.shared(paths.resources).id
    return try await body(rebuild(paths, log, models: models) { progress.report($0, of: $1) })
  }

  /// Makes the views anew, opens or compares them; `models` names the lists and models that articles are read
  /// with from now on, where they are.
  static func rebuild(
    _ paths: Paths, _ log: SegmentedLog, models: String? = nil, report: Projector.Report? = nil,
    tell: (@Sendable (Rebuild.Reason, _ records: UInt64) -> Void)? = nil
  ) async -> Rebuild {
    Rebuild(
      paths.views, { projections }, log: log, identity: await log.identity,
      makeReader: makeReader(paths), models: models, report: report, tell: tell)
  }

  /// Every view there is, in the order in which they fold an event.
  static var projections: [any Projection] {
    [
      DefinitionView(), FeedView(), ArticleView(), SearchView(), SightingView(), EntityView(),
      StoryView { .shipped }, BurstView(), RedactionView(), AlertView(), PeopleView(), RuleView(),
    ]
  }

  /// Reads articles with the words of a vocabulary, and finds names in them unless it says no.
  static func makeReader(_ paths: Paths) -> MakeReader {
    { vocabulary in
      let rules = RuleSet(recorded: vocabulary, resources: paths.resources)
      guard rules.findsNames else { return { rules.read($0, in: $1) } }
      return { rules.read($0, in: $1, with: .shared(paths.resources)) }
    }
  }
}
