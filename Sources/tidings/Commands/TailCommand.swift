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
      With --as-of each alert comes with what was known of it then: which outlets had it, and who had
      acknowledged it.
      Example: tidings tail -f
      Example: tidings tail --since 24h --severity warning
      Example: tidings tail --json --from 184223
      Example: tidings tail --as-of 2026-01-31T06:00:00Z
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

  @Option(help: "As it was known at this moment.")
  var asOf: Moment?

  @Flag(help: "JSON Lines instead of text.")
  var json = false

  func validate() throws {
    if let number, number < 0 { throw ValidationError("-n takes 0 or more") }
    if follow, asOf != nil { throw ValidationError("-f follows what comes; leave out --as-of") }
  }

  func run() async throws {
    let log = try Reading.log(try options.read().paths)
    if let asOf { return try await showPast(log, asOf: asOf.date) }
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
    var kept: [(Alert, Position)] = []
    let position = try await read(log, before: nil) { records in
      for record in records {
        guard let alert = try alert(in: record) else { continue }
        kept.append((alert, record.position))
        if limit == .max {
          kept.forEach(show)
          kept = []
        }
      }
      kept = Array(kept.suffix(limit))
    }
    kept.forEach(show)
    return position
  }

  /// Shows what was there before `moment`, each alert with all that was known of it by then.
  private func showPast(_ log: SegmentedLog, asOf moment: Date) async throws {
    var kept: [AlertStanding] = []
    var places: [Alert.ID: Int] = [:]
    let end = try await log.position(atOrAfter: moment)
    _ = try await read(log, before: end) { records in
      for record in records {
        if let alert = try alert(in: record) {
          places[alert.id] = kept.count
          kept.append(AlertStanding(alert, at: record.position))
        } else if let event = try later(record),
          let place = AlertStanding.alert(of: event).flatMap({ places[$0] })
        {
          kept[place].take(event)
        }
      }
      guard kept.count > limit else { return }
      kept = Array(kept.suffix(limit))
      places = Dictionary(kept.enumerated().map { ($1.alert.id, $0) }) { $1 }
    }
    kept.forEach(show)
  }

  private var limit: Int { number ?? (since == nil && cursor == nil ? 10 : Int.max) }

  /// Reads from where it was asked for, up to the end or before `end`; returns where to go on.
  private func read(
    _ log: SegmentedLog, before end: Position?, _ body: ([Record]) throws -> Void
  ) async throws -> Position {
    var position = cursor.map { Position(rawValue: $0 == .max ? $0 : $0 + 1) } ?? .origin
    if let since { position = max(position, try await log.position(atOrAfter: since.date)) }
    return try await log.forEachBatch(from: position, before: end, body)
  }

  /// What was recorded of an alert after it was raised.
  private func later(_ record: Record) throws -> Event? {
    let kinds: [EventKind] = [
      .alertDelivered, .alertUndeliverable, .alertAcknowledged, .alertMarked,
    ]
    guard kinds.contains(where: { $0.rawValue == record.kind }) else { return nil }
    return try Event(of: record)
  }

  private func alert(in record: Record) throws -> Alert? {
    guard let alert = try Alert(lineOf: record) else { return nil }
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

  private func show(_ standing: AlertStanding) {
    let line = AlertLine(standing.alert, cursor: standing.position.rawValue)
    if json {
      Terminal.line(line.bytes(adding: standing.writeFields))
    } else {
      Terminal.line(line.person(color: Terminal.hasColor))
      Terminal.line(standing.person)
    }
  }
}
