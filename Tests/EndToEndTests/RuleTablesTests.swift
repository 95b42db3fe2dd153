import Core
import GRDB
import Testing

@testable import Rules
@testable import tidings

@Suite("What rules remember, as rows") struct RuleTablesTests {
  private func withTables<Value>(_ body: (RuleTables) throws -> Value) throws -> Value {
    try DatabaseQueue().write { db in
      try RuleTables.create(in: db)
      return try body(RuleTables(db, RuleCache()))
    }
  }

  private func move(_ store: some RuleStore, to time: Double) throws {
    var clock = LogClock()
    clock.last = time
    try store.put(clock)
  }

  @Test func `of a group that is dropped its alert is over, and ages`() throws {
    try withTables { tables in
      try move(tables, to: 500)
      // As many as there may be, of which no row need be there.
      var memory = RuleMemory()
      memory.groups = RuleMemory.groupLimit
      try tables.put(memory, "r")
      let alert = Alert.ID("a")
      try tables.put(Episode(rule: "r", group: "{}", lines: 1, opened: 1), alert)
      var state = GroupState()
      state.alert = GroupState.Open(id: alert, isTold: true, opened: 1, last: 1)
      try tables.put(state, GroupKey(rule: "r", group: "{}"))
      #expect(try tables.groups(of: "r").isEmpty)
      #expect(try tables.episode(alert)?.closed == 500)
      try tables.prune(Ageing(limit: 501))
      #expect(try tables.episode(alert) == nil)
    }
  }

  /// What met a rule at 50, 100 and 150, alone or in an alert that ended then, or never, or is forgotten.
  @Test func `is forgotten as it is in memory`() throws {
    let ends: [String: Double?] = ["at-50": 50, "at-100": 100, "at-150": 150, "open": nil]
    let alerts: [String?] = [nil, "gone", "at-50", "at-100", "at-150", "open"]
    func left(_ store: some RuleStore) throws -> [String] {
      for (alert, end) in ends {
        try store.put(
          Episode(rule: "r", group: "{}", lines: 1, opened: 1, closed: end), Alert.ID(alert))
      }
      for time in [50, 100, 150] {
        try move(store, to: Double(time))
        for alert in alerts {
          try store.note(
            Met(rule: "r", group: "{}", alert: alert.map { Alert.ID($0) }),
            Article.ID("\(time) \(alert ?? "-")"))
        }
      }
      try store.prune(Ageing(limit: 100))
      let episodes = try ends.keys.filter { try store.episode(Alert.ID($0)) != nil }
      let met = try [50, 100, 150].flatMap { time in alerts.map { "\(time) \($0 ?? "-")" } }
        .filter { try !store.met(Article.ID($0)).isEmpty }
      return episodes.sorted() + met
    }
    let inMemory = try left(MemoryStore())
    #expect(try withTables { try left($0) } == inMemory)
    #expect(inMemory.count == 3 + 3 + 12)
  }
}
