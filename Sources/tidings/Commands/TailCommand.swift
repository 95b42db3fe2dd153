import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Projections
import Sending

/// Shows alerts, oldest first; reads the log, hence misses none over a rotation of the file.
struct TailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tail",
    abstract: "Show alerts, oldest first, and follow them.",
    discussion: """
      Each JSON line holds a cursor; --from resumes after it without gap or repeat.
      Example: tidings tail -f
      Example: tidings tail --since 24h --severity warning
      Example: tidings tail --json --from 184223
      """)

  @OptionGroup var options: ConfigurationOption

  @Flag(name: .shortAndLong, help: "Go on with alerts as they come.")
  var follow = false

  @Option(name: .short, help: "Only the last N; 10 unless --since or --from is given.")
  var number: Int?

  @Option(help: "Only alerts from this moment on (RFC 3339, a date, or 24h).")
  var since: Moment?

  @Option(help: "Only alerts of this rule.")
  var rule: String?

  @Option(help: "Only alerts of this severity or above.")
  var severity: SeverityArgument?

  @Option(name: .customLong("from"), help: "Only alerts after this cursor.")
  var cursor: UInt64?

  @Flag(help: "JSON Lines instead of text.")
  var json = false

  func validate() throws {
    if let number, number < 0 { throw ValidationError("-n takes 0 or more") }
  }

  func run() async throws {
    let log = try Reading.log(try options.read().paths)
    let last = try await showPast(log)
    guard follow else { return }
    for try await records in log.subscribe(from: last) {
      for record in records {
        if let alert = try alert(in: record) { show(alert, at: record.position) }
      }
    }
  }

  /// Shows what is there already; returns where to follow on.
  private func showPast(_ log: SegmentedLog) async throws -> Position {
    var position = cursor.map { Position(rawValue: $0 == .max ? $0 : $0 + 1) } ?? .origin
    if let since { position = max(position, try await log.position(atOrAfter: since.date)) }
    let limit = number ?? (since == nil && cursor == nil ? 10 : Int.max)
    var kept: [(Alert, Position)] = []
    while true {
      let records = try await log.read(from: position, limit: 4_096)
      guard let end = records.last else { break }
      for record in records {
        guard let alert = try alert(in: record) else { continue }
        kept.append((alert, record.position))
        if limit == .max {
          kept.forEach(show)
          kept = []
        }
      }
      kept = Array(kept.suffix(limit))
      position = end.position.next
    }
    kept.forEach(show)
    return position
  }

  private func alert(in record: Record) throws -> Alert? {
    guard record.kind == EventKind.alertRaised.rawValue, !record.isRedacted else { return nil }
    guard case .alertRaised(let alert, _) = try Event(kind: record.kind, json: record.payload).fact
    else { return nil }
    let isWanted =
      (rule.map { $0 == alert.rule } ?? true)
      && (severity.map { $0.severity <= alert.severity } ?? true)
    return isWanted ? alert : nil
  }

  private func show(_ alert: Alert, at position: Position) {
    let line = AlertLine(alert, cursor: position.rawValue)
    if json {
      Terminal.line(line.bytes)
    } else {
      Terminal.line(line.person(color: Terminal.hasColor))
    }
  }
}
