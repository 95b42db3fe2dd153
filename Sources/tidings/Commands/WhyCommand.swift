import EventLog
import ArgumentParser
import Core
import Projections

/// Why an alert fired: each clause that held, and where.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Show why an alert fired: the clauses that held, and where.",
    discussion: """
      The beginning of an alert's id is enough; `tidings tail --json` shows it as alert_id. Exit 2 if
      there is none.
      Example: tidings why ujs6clmkhx
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The alert's id, or its beginning.") var alert: String
  @Flag(help: "The whole line as JSON.") var json = false

  func run() throws {
    let views = try Reading.views(try options.read().paths)
    let found = try views.alerts(idPrefix: alert)
    guard let placed = found.first else { throw Exit.nothingFound }
    guard Set(found.map(\.alert.id)).count == 1 else {
      throw Failure(alert, "begins \(found.count) ids", fix: "give more of it")
    }
    if json { return Terminal.line(placed.alert.line(cursor: placed.position.description)) }
    show(placed.alert)
    show(try views.words(of: placed.alert.id))
  }

  /// What people said of it.
  private func show(_ words: AlertWords) {
    if let by = words.acknowledgedBy {
      let note = words.note.map { ": \($0)" } ?? ""
      Terminal.line(
        SafeText.line("  acknowledged by \(by) \(Columns.time(words.acknowledgedAt))\(note)"))
    }
    if let mark = words.mark, let by = words.markedBy {
      Terminal.line(SafeText.line("  marked \(mark.rawValue) by \(by)"))
    }
  }

  private func show(_ alert: Alert) {
    let title =
      alert.article.map { " on \"\($0.title)\" (\($0.feed), seen \(Timestamp.text($0.seen)))" }
      ?? ""
    Terminal.line(
      SafeText.line("\(alert.rule) fired\(title); rule revision \(alert.ruleRevision)"))
    for clause in alert.why {
      let place = [clause.field, clause.start.map(String.init), clause.end.map(String.init)]
        .compactMap { $0 }.joined(separator: " ")
      Terminal.line(
        SafeText.line(
          "  + \(clause.clause)  \(clause.text.map { "\"\($0)\"" } ?? "")  \(place)  \(clause.via ?? "")"
        ))
    }
    for hold in Alert.Hold.allCases where alert.held[hold] > 0 {
      Terminal.line("  \(alert.held[hold]) lines held by \(hold.rawValue) before it")
    }
    Terminal.line("  \(alert.coverage.feedsOK) of \(alert.coverage.feeds) feeds answered")
  }
}
