import Core
public import FoundationEssentials

/// Judges a stretch of the log by rules that need never have been in force; nothing comes of it.
///
/// What came before the stretch warms the rules, as it would have had they been there.
public struct RuleReplay {
  let engine: RuleEngine
  let store = MemoryStore()
  private let since: Date
  private var hasBegun = false

  /// Judges by `rules` what was recorded at `since` or later.
  public init(_ rules: RuleSet, since: Date) {
    (engine, self.since) = (RuleEngine(rules), since)
  }

  /// From when on records must be given: as far back as any rule looks.
  public var start: Date {
    let reach = engine.rules.rules.map(\.kind.reach).max() ?? 0
    return since.addingTimeInterval(-reach)
  }

  /// What is decided on the next record, in the order of the log; nothing for one that only warms.
  public mutating func judge(_ record: RuleRecord) throws -> [Decision] {
    var decisions: [Decision] = []
    if !hasBegun {
      hasBegun = true
      let nothing = RuleEngine.Past(first: nil) { _, _ in }
      decisions = try engine.prepare(before: record, in: store, past: nothing)
    }
    decisions += try engine.judge(record, in: store)
    store.note(record)
    return record.at < since ? [] : decisions
  }
}

extension MemoryStore {
  /// Keeps what a view of feeds would know.
  fileprivate func note(_ record: RuleRecord) {
    guard case .fetched(let feed, _) = record.fact else { return }
    fetched[feed] = record.at.timeIntervalSince1970
  }
}
