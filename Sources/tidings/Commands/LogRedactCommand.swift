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
      alerts.jsonl and what outlets have sent still hold them.
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
    let target = try await prepare(paths)
    // First the views: once the words are gone no crash may leave a copy of them behind.
    try Views.remove(paths.views)
    try Maintenance(paths.log).redact(target.positions.map { Position(rawValue: $0) })
    let log = try SegmentedLog.open(paths.log, now: WallClock.now())
    let now = WallClock.now()
    let redaction = Redaction(
      positions: target.positions, articles: target.articles, reason: reason, by: Person.name)
    try await log.append([Event(at: now, .recordRedacted(redaction))], to: .people, at: now)
    try await log.close()
    Terminal.line("\(target.positions.count) records redacted")
    Terminal.tell("backups, \(paths.alerts) and what outlets have sent still hold the words")
  }

  /// What is to go; all of it lies in sealed segments afterwards.
  private func prepare(_ paths: Paths) async throws -> (positions: [UInt64], articles: [Article.ID])
  {
    let log = try SegmentedLog.open(paths.log, now: WallClock.now())
    let search = RedactionSearch(positions: Set(positions), article: article)
    let found = try await search.find(in: log)
    try await log.seal()
    try await log.close()
    return found
  }
}
