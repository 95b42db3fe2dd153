import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Projections

/// Takes words out of the log for good.
struct LogRedactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Take the words of records out of the log; that they were there stays.",
    discussion: """
      The daemon must be stopped; the views are made again at its next start, without the words. Backups,
      alerts.jsonl, what outlets have sent, and what a recovery or repair kept aside still hold them.
      Example: tidings log redact 4711 4712 --reason "court order 12/2026"
      Example: tidings log redact --article kq3v --reason "published by mistake"
      """)

  @OptionGroup var options: ConfigurationOption

  @Argument(help: "Positions, as `tidings log cat` prints them.")
  var positions: [UInt64] = []

  @Option(help: "All records with the words of this article: its revisions and its alerts.")
  var article: String?

  @Option(help: "Why; it stays in the log.")
  var reason: String

  func validate() throws {
    guard !positions.isEmpty || article != nil else {
      throw ValidationError("name positions, or an article with --article")
    }
  }

  func run() async throws {
    let paths = try options.read().paths
    let positions = try await note(paths)
    let maintenance = try Maintenance(paths.log)
    // First the views: once the words are gone no crash may leave a copy of them behind. And after: a
    // rebuild beside, which takes no lock, may have folded the words meanwhile.
    try Views.remove(paths.views)
    try maintenance.redact(positions.map { Position(rawValue: $0) })
    try Views.remove(paths.views)
    Terminal.line("\(positions.count) records redacted")
    Terminal.tell("backups, \(paths.alerts) and what outlets have sent still hold the words")
    for folder in try Self.kept(in: paths.log) {
      Terminal.tell("\(folder) may hold them too; look through it, then remove what is in it")
    }
  }

  /// Finds what is to go, and records that it goes before it does.
  ///
  /// Killed in between, the words are there still and the same command takes them out. The other way round
  /// nothing would tell of it, and the article would come back as news at the next poll.
  private func note(_ paths: Paths) async throws -> [UInt64] {
    let log = try SegmentedLog.open(paths.log, now: WallClock.now())
    let search = RedactionSearch(positions: Set(positions), article: article)
    let found = try await search.find(in: log)
    // All of it lies in sealed segments then.
    try await log.seal()
    let now = WallClock.now()
    let redaction = Redaction(
      positions: found.positions, articles: found.articles, reason: reason, by: Person.name)
    try await log.append([Event(at: now, .recordRedacted(redaction))], to: .people, at: now)
    try await log.close()
    return found.positions
  }

  /// Folders of the log that hold what a recovery or a repair cut out; only a person empties them.
  static func kept(in log: String) throws -> [String] {
    try ["torn", "quarantine"].map { log + "/" + $0 }.filter { folder in
      guard FileManager.default.fileExists(atPath: folder) else { return false }
      return try !FileManager.default.contentsOfDirectory(atPath: folder).isEmpty
    }
  }
}
