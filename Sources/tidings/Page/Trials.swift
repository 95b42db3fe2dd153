import Core
import EventLog
import FoundationEssentials
import Projections
import Rules
import Serving

/// Queries that are tried on the past by whoever looks at the page: one at a time, and not for long.
actor Trials {
  /// Records that are looked at, the newest.
  private let records: UInt64
  private let time: Duration
  private var isBusy = false

  init(records: UInt64 = 100_000, time: Duration = .seconds(8)) {
    (self.records, self.time) = (records, time)
  }

  /// Holds `query`, with the words that `rules` know, against what came at `since` or later.
  ///
  /// - Throws: `PageError`: what is wrong with the query, or that it took too long.
  func run(
    _ query: String, since: Date, in rules: RuleSet, _ log: SegmentedLog, _ paths: Paths
  ) async throws -> Trial {
    guard !isBusy else { throw PageError.busy }
    isBusy = true
    defer { isBusy = false }
    let tried = try Self.rules(query, with: rules)
    let views = try Reading.views(paths)
    let (start, isCut) = try await start(since, log)
    let trial = try await withThrowingTaskGroup(of: PastTrial?.self) { [time] group in
      group.addTask {
        var trial = PastTrial(tried, since: start)
        try await trial.run(log, views, nil)
        return trial
      }
      group.addTask {
        try await Task.sleep(for: time)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
    guard let trial, let rule = trial.tried.first else { throw PageError.tooLong }
    return Trial(rule: rule, articles: trial.articles, since: start, isCut: isCut)
  }

  /// The one rule, as the log would have it.
  private static func rules(_ query: String, with rules: RuleSet) throws(PageError) -> RuleSet {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("id", "try")
      writer.field("match", query)
    }
    let rule = RuleDefinition(rule: "try", revision: "", mode: "live", text: writer.text)
    let tried = RuleSet(recorded: rules.vocabulary, [rule])
    if let fault = tried.faults.first(where: { $0.weight == .error }) {
      throw .unclear("match: \(fault.what)" + (fault.fix.isEmpty ? "" : "; \(fault.fix)"))
    }
    return tried
  }

  /// From when on there are no more records than may be looked at, and whether that is later than asked for.
  private func start(_ since: Date, _ log: SegmentedLog) async throws -> (Date, Bool) {
    let end = try await log.end.rawValue
    let asked = try await log.position(atOrAfter: since).rawValue
    guard end > records, asked < end - records,
      let first = try await log.read(from: Position(rawValue: end - records), limit: 1).first
    else { return (since, false) }
    return (first.recordedAt, true)
  }
}
