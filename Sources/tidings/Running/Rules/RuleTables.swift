import Core
import FoundationEssentials
import GRDB
import Projections
import Rules

/// What rules remember, as rows of the views.
///
/// States are read once in a transaction and written at its end, for a busy group is touched by many of its
/// records; the rest is written at once. Where a transaction ends changes no row.
final class RuleTables: RuleStore {
  static let names = [
    "rule_group", "rule_timer", "rule_memory", "rule_clock", "rule_met", "rule_episode",
  ]
  /// States that are held before they are written all the same.
  private static let limit = 20_000

  private let db: Database
  /// What is held, to be lent to the next record.
  private(set) var cache: RuleCache

  /// The tables for one record; `cache` is what the one before held.
  init(_ db: Database, _ cache: RuleCache) {
    (self.db, self.cache) = (db, cache)
  }

  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE rule_group (
          rule TEXT NOT NULL, grp TEXT NOT NULL, term TEXT NOT NULL, used INTEGER NOT NULL, timer REAL,
          state BLOB NOT NULL, PRIMARY KEY (rule, grp, term)) WITHOUT ROWID;
        CREATE INDEX rule_group_used ON rule_group (rule, used);
        CREATE TABLE rule_timer (
          due REAL NOT NULL, rule TEXT NOT NULL, grp TEXT NOT NULL, term TEXT NOT NULL,
          PRIMARY KEY (due, rule, grp, term)) WITHOUT ROWID;
        CREATE TABLE rule_memory (
          rule TEXT PRIMARY KEY, timer REAL, state BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE rule_clock (
          number INTEGER PRIMARY KEY CHECK (number = 1), last REAL, state BLOB NOT NULL);
        CREATE TABLE rule_met (
          article TEXT NOT NULL, rule TEXT NOT NULL, grp TEXT NOT NULL, alert TEXT,
          first INTEGER NOT NULL, at REAL NOT NULL, PRIMARY KEY (article, rule, grp)) WITHOUT ROWID;
        CREATE INDEX rule_met_at ON rule_met (at);
        CREATE TABLE rule_episode (
          alert TEXT PRIMARY KEY, rule TEXT NOT NULL, grp TEXT NOT NULL, lines INTEGER NOT NULL,
          opened REAL NOT NULL, closed REAL) WITHOUT ROWID;
        CREATE INDEX rule_episode_closed ON rule_episode (closed) WHERE closed IS NOT NULL;
        """)
  }

  // MARK: Transactions

  /// Writes what changed, and forgets it.
  func settle() throws {
    for key in cache.changed.sorted() {
      guard let state = cache.groups[key] else { continue }
      try db.run(
        "INSERT OR REPLACE INTO rule_group VALUES (?, ?, ?, ?, ?, ?)",
        [key.rule, key.group, key.term, Int64(state.used), state.timer, Data(state.json)])
    }
    for rule in cache.changedMemories.sorted() {
      guard let memory = cache.memories[rule] else { continue }
      try db.run(
        "INSERT OR REPLACE INTO rule_memory VALUES (?, ?, ?)",
        [rule, memory.timer, Data(memory.json)])
    }
    if cache.isClockChanged, let clock = cache.clock {
      try db.run(
        "INSERT OR REPLACE INTO rule_clock VALUES (1, ?, ?)",
        [clock.last, Data(clock.json)])
    }
    cache = RuleCache()
  }

  // MARK: Time

  var clock: LogClock {
    get throws {
      if let clock = cache.clock { return clock }
      let clock = try Self.clock(in: db)
      cache.clock = clock
      return clock
    }
  }

  static func clock(in db: Database) throws -> LogClock {
    let row = try db.first("SELECT state FROM rule_clock", [])
    return try row.map { try LogClock(json: bytes($0["state"])) } ?? LogClock()
  }

  func put(_ clock: LogClock) throws {
    cache.clock = clock
    cache.isClockChanged = true
  }

  /// Moves time on; the earliest timer is one number, so most records ask for nothing more.
  func isDue(by time: Double) throws -> Bool {
    if cache.earliest == nil {
      cache.earliest = .some(
        try db.first("SELECT due FROM rule_timer ORDER BY due LIMIT 1", [])?["due"])
    }
    guard let known = cache.earliest, let due = known else { return false }
    return due <= time
  }

  func due(by time: Double) throws -> (due: Double, key: GroupKey?, rule: String)? {
    guard try isDue(by: time),
      let row = try db.first(
        "SELECT * FROM rule_timer ORDER BY due, rule, grp, term LIMIT 1", [])
    else { return nil }
    let rule: String = row["rule"]
    let group: String = row["grp"]
    let key = group.isEmpty ? nil : GroupKey(rule: rule, group: group, term: row["term"])
    return (row["due"], key, rule)
  }

  private func move(_ key: GroupKey, from old: Double?, to new: Double?) throws {
    guard old != new else { return }
    if let old {
      try db.run(
        "DELETE FROM rule_timer WHERE due = ? AND rule = ? AND grp = ? AND term = ?",
        [old, key.rule, key.group, key.term])
    }
    if let new {
      try db.run(
        "INSERT OR REPLACE INTO rule_timer VALUES (?, ?, ?, ?)",
        [new, key.rule, key.group, key.term])
    }
    cache.earliest = nil
  }

  // MARK: States

  func group(_ key: GroupKey) throws -> GroupState {
    if let known = cache.groups[key] { return known }
    if cache.groups.count >= Self.limit { try write() }
    let row = try db.first(
      "SELECT * FROM rule_group WHERE rule = ? AND grp = ? AND term = ?",
      [key.rule, key.group, key.term])
    var state = GroupState()
    if let row {
      state = try GroupState(json: Self.bytes(row["state"]))
      state.timer = row["timer"]
      state.used = UInt64(row["used"] as Int64)
    }
    cache.groups[key] = state
    return state
  }

  func put(_ state: GroupState, _ key: GroupKey) throws {
    let old = try group(key)
    try move(key, from: old.timer, to: state.timer)
    if state.isEmpty {
      if !old.isEmpty { try count(key.rule, -1) }
      try move(key, from: state.timer, to: nil)
      cache.groups[key] = GroupState()
      cache.changed.remove(key)
      return try db.run(
        "DELETE FROM rule_group WHERE rule = ? AND grp = ? AND term = ?",
        [key.rule, key.group, key.term])
    }
    cache.groups[key] = state
    cache.changed.insert(key)
    if old.isEmpty { try count(key.rule, 1) }
  }

  /// Counts the groups of a rule; where there are too many those go that were used least recently.
  private func count(_ rule: String, _ change: Int) throws {
    var memory = try memory(rule)
    memory.groups += change
    let isTooMany = memory.groups > RuleMemory.groupLimit
    if isTooMany { memory.dropped += RuleMemory.groupsDropped }
    try put(memory, rule)
    guard isTooMany else { return }
    try write()
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT grp, term FROM rule_group WHERE rule = ? ORDER BY used, grp, term LIMIT ?",
      arguments: [rule, RuleMemory.groupsDropped])
    for row in rows {
      try drop(GroupKey(rule: rule, group: row["grp"], term: row["term"]))
    }
  }

  /// Writes what is held before the transaction ends, to look at rows.
  private func write() throws {
    let (clock, isChanged) = (cache.clock, cache.isClockChanged)
    try settle()
    (cache.clock, cache.isClockChanged) = (clock, isChanged)
  }

  func groups(of rule: String) throws -> [GroupKey] {
    try write()
    return try Row.fetchAll(
      db, sql: "SELECT grp, term FROM rule_group WHERE rule = ? ORDER BY grp, term",
      arguments: [rule]
    ).map { GroupKey(rule: rule, group: $0["grp"], term: $0["term"]) }
  }

  func memory(_ rule: String) throws -> RuleMemory {
    if let known = cache.memories[rule] { return known }
    let row = try db.first("SELECT * FROM rule_memory WHERE rule = ?", [rule])
    var memory = RuleMemory()
    if let row {
      memory = try RuleMemory(json: Self.bytes(row["state"]))
      memory.timer = row["timer"]
    }
    cache.memories[rule] = memory
    return memory
  }

  func put(_ memory: RuleMemory?, _ rule: String) throws {
    let old = try self.memory(rule)
    try move(GroupKey(rule: rule, group: ""), from: old.timer, to: memory?.timer)
    cache.memories[rule] = memory ?? RuleMemory()
    if memory != nil {
      cache.changedMemories.insert(rule)
    } else {
      cache.changedMemories.remove(rule)
      try db.run("DELETE FROM rule_memory WHERE rule = ?", [rule])
    }
  }

  func remembered() throws -> [String] {
    try write()
    return try String.fetchAll(db, sql: "SELECT rule FROM rule_memory ORDER BY rule")
  }

  // MARK: Articles and alerts

  func met(_ article: Article.ID) throws -> [Met] {
    try Row.fetchAll(
      try db.cachedStatement(sql: "SELECT * FROM rule_met WHERE article = ? ORDER BY rule, grp"),
      arguments: [article.rawValue]
    ).map { row in
      Met(
        rule: row["rule"], group: row["grp"], alert: (row["alert"] as String?).map(Alert.ID.init),
        isFirst: row["first"])
    }
  }

  func note(_ met: Met, _ article: Article.ID) throws {
    try db.run(
      """
      INSERT INTO rule_met VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        alert = ifnull(excluded.alert, alert), first = max(first, excluded.first), at = excluded.at
      """,
      [
        article.rawValue, met.rule, met.group, met.alert?.rawValue, met.isFirst,
        try clock.last ?? 0,
      ])
  }

  func forget(_ met: Met, _ article: Article.ID) throws {
    try db.run(
      "DELETE FROM rule_met WHERE article = ? AND rule = ? AND grp = ?",
      [article.rawValue, met.rule, met.group])
  }

  func episode(_ alert: Alert.ID) throws -> Episode? {
    try db.first("SELECT * FROM rule_episode WHERE alert = ?", [alert.rawValue]).map(Self.episode)
  }

  func put(_ episode: Episode, _ alert: Alert.ID) throws {
    try db.run(
      "INSERT OR REPLACE INTO rule_episode VALUES (?, ?, ?, ?, ?, ?)",
      [
        alert.rawValue, episode.rule, episode.group, episode.lines, episode.opened,
        episode.closed,
      ])
  }

  func prune(_ ageing: Ageing) throws {
    // What was met since the limit stays whatever its alert did, and so does an episode that is open.
    try db.run(
      """
      DELETE FROM rule_met WHERE at < ? AND ifnull(
        (SELECT ifnull(closed, 1e300) FROM rule_episode WHERE alert = rule_met.alert), at) < ?
      """, [ageing.limit, ageing.limit])
    try db.run("DELETE FROM rule_episode WHERE closed < ?", [ageing.limit])
  }

  private static func episode(_ row: Row) -> Episode {
    Episode(
      rule: row["rule"], group: row["grp"], lines: row["lines"], opened: row["opened"],
      closed: row["closed"])
  }

  // MARK: Other views

  func coverage(at time: Double) throws -> Alert.Coverage {
    try FeedView.coverage(db, at: Date(timeIntervalSince1970: time))
  }

  func silences(after time: Double) throws -> [Silence] {
    try PeopleView.silences(db, after: Date(timeIntervalSince1970: time))
  }

  func article(_ id: Article.ID, before position: UInt64) throws -> Article? {
    try Self.article(id, before: position, in: db)
  }

  /// An article as it was before the record at a position; nil where that is not known.
  static func article(
    _ id: Article.ID, before position: UInt64, in db: Database
  ) throws -> Article? {
    let row = try db.first(
      """
      SELECT revision.kind, event FROM revision JOIN article ON article.number = revision.article
      WHERE article.id = ? AND revision.position < ? ORDER BY revision.position DESC LIMIT 1
      """, [id.rawValue, Int64(position)])
    guard let row else { return nil }
    switch try Event(kind: UInt16(row["kind"] as Int64), json: bytes(row["event"])).fact {
    case .articlePublished(let article, _), .articleRevised(let article, _): return article
    default: return nil
    }
  }

  func lastFetched(_ feed: Feed.ID) throws -> Double? {
    try db.first("SELECT last_news FROM feed WHERE id = ?", [feed.rawValue])
      .flatMap { $0["last_news"] as Double? }
  }

  private static func bytes(_ data: Data) -> [UInt8] { [UInt8](data) }
}

/// States that were read or changed in the transaction under way, until they are written.
struct RuleCache: Sendable {
  var groups: [GroupKey: GroupState] = [:]
  var changed: Set<GroupKey> = []
  var memories: [String: RuleMemory] = [:]
  var changedMemories: Set<String> = []
  var clock: LogClock?
  var isClockChanged = false
  /// The earliest timer, nil within where there is none; nil where it is not known.
  var earliest: Double??
}
