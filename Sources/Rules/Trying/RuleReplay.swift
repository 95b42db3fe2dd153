public import Core
public import FoundationEssentials

/// Judges a stretch of the log by rules that need never have been in force; nothing comes of it.
///
/// What came before the stretch warms the rules, as it would have had they been there.
public struct RuleReplay {
  /// What was there before the first record that is given.
  public struct Beginning {
    /// Silences in force, and when each last held a line or was set, in seconds since 1970.
    public var silences: [(silence: Silence, heeded: Double)] = []
    public var feeds = FeedStanding()
    /// When nothing was recorded, and when the network was away.
    public var clock = LogClock()
    /// Knows articles as they were.
    public var earlier: MemoryStore.Earlier = { _, _ in nil }

    public init() {}
  }

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

  /// Takes what was there at ``start``; to be called before the first record is judged.
  public func begin(_ beginning: Beginning) throws {
    store.earlier = beginning.earlier
    store.silences = beginning.silences.map(\.silence)
    store.feeds = beginning.feeds
    var clock = beginning.clock
    for (silence, time) in beginning.silences { clock.heed(silence, at: time) }
    try store.put(clock)
  }

  /// What is decided on the next record, in the order of the log; nothing for one that only warms.
  public mutating func judge(_ record: RuleRecord) throws -> [Decision] {
    store.note(record)
    var decisions: [Decision] = []
    if !hasBegun {
      hasBegun = true
      let nothing = RuleEngine.Past(first: nil) { _, _ in }
      decisions = try engine.prepare(before: record, in: store, past: nothing)
    }
    decisions += try engine.judge(record, in: store)
    for case .raise(let alert) in decisions { try store.note(alert) }
    return record.at < since ? [] : decisions
  }
}
