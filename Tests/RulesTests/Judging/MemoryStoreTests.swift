import Core
import Foundation
import Support
import Testing

@testable import Rules

@Suite("What rules remember") struct MemoryStoreTests {
  @Test(arguments: [1, 2, 3]) func `falls due in order, wherever its timers were moved`(
    seed: UInt64
  ) throws {
    let store = MemoryStore()
    var random = SeededGenerator(seed: seed)
    var timers: [GroupKey: Double] = [:]
    for _ in 0..<2_000 {
      let key = GroupKey(rule: "r\(random.next() % 5)", group: "{\(random.next() % 40)}")
      var state = GroupState()
      if random.next() % 4 > 0 {
        state.timer = Double(random.next() % 500)
        state.last = 1
      }
      try store.put(state, key)
      timers[key] = state.timer
    }
    let wanted = timers.map { ($0.value, $0.key) }.filter { $0.0 < 400 }.sorted { $0 < $1 }
    var found: [(Double, GroupKey)] = []
    while let next = try store.due(by: 399.5), let key = next.key {
      found.append((next.due, key))
      try store.put(GroupState(), key)
    }
    #expect(found.map(\.0) == wanted.map(\.0) && found.map(\.1) == wanted.map(\.1), "seed \(seed)")
  }

  @Test func `is forgotten when it is long over, and not before`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa","resolve_after":"1d"},{"id":"q","match":"banjir","when":{"kind":"silence","within":"1h"}}]}"#
    )
    let day = 86_400.0
    let fired = try world.publish("gempa", at: 0)
    try world.publish("banjir", at: 0)
    let quiet = try world.tick(at: 3_600)
    #expect(quiet.told == ["fired silence q"])
    for number in 1...90 { try world.tick(at: Double(number) * day) }
    // It closed on the first day, and is known for ninety more.
    #expect(try world.store.episode(fired.alerts[0].id) != nil)
    #expect(try world.revise("gempa", "angin").told == ["amended edit r"])
    for number in 91...182 { try world.tick(at: Double(number) * day) }
    #expect(try world.store.episode(fired.alerts[0].id) == nil)
    #expect(try world.store.met(Article.ID("gempa")).isEmpty)
    // What is open goes on, however long it lasts.
    #expect(try world.publish("banjir dua").told == ["resolved new q"])
  }

  @Test func `of a rule with too many groups is forgotten where it was least used`() throws {
    let store = MemoryStore(groupLimit: 1_200)
    func put(_ number: Int, _ rule: String = "r") throws {
      var state = GroupState()
      (state.used, state.last) = (UInt64(number), 1)
      try store.put(state, GroupKey(rule: rule, group: "{\(number)}"))
    }
    for number in 1...1_200 { try put(number) }
    try put(1, "other")
    // What is used again, or goes, makes no room and takes none.
    try put(3)
    try store.put(GroupState(), GroupKey(rule: "r", group: "{5}"))
    try put(1_201)
    #expect(try store.groups(of: "r").count == 1_200)
    try put(1_202)
    let left = try store.groups(of: "r").compactMap { Int($0.group.dropFirst().dropLast()) }
    #expect(left.sorted() == Array(1_002...1_202))
    #expect(try store.groups(of: "other").count == 1)
  }

  @Test func `of a group that is dropped its alert is over, and ages`() throws {
    let store = MemoryStore(groupLimit: 10)
    var clock = LogClock()
    clock.last = 500
    try store.put(clock)
    for number in 1...11 {
      let key = GroupKey(rule: "r", group: "{\(number)}")
      let id = Alert.ID("alert-\(number)")
      try store.put(Episode(rule: "r", group: key.group, lines: 1, opened: 1), id)
      var state = GroupState()
      (state.used, state.alert) = (
        UInt64(number),
        GroupState.Open(id: id, isTold: true, opened: 1, last: 1)
      )
      try store.put(state, key)
    }
    #expect(try store.groups(of: "r").isEmpty)
    #expect(try store.episode(Alert.ID("alert-1"))?.closed == 500)
    try store.prune(Ageing(limit: 501))
    #expect(store.episodes.isEmpty)
  }

  @Test func `belongs to an open alert as long as that is open, and ages from its end`() {
    let ageing = Ageing(limit: 100)
    func episode(_ closed: Double?) -> Episode {
      Episode(rule: "r", group: "{}", lines: 1, opened: 0, closed: closed)
    }
    #expect(ageing.forgets(metAt: 99, in: nil) && !ageing.forgets(metAt: 100, in: nil))
    #expect(!ageing.forgets(metAt: 1, in: episode(nil)) && !ageing.forgets(episode(nil)))
    #expect(ageing.forgets(metAt: 1, in: episode(99)) && ageing.forgets(episode(99)))
    #expect(!ageing.forgets(metAt: 1, in: episode(100)) && !ageing.forgets(episode(100)))
  }

  @Test func `of an alert that is open for long still is amended`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa","resolve_after":"300d"}]}"#)
    try world.publish("gempa", at: 0)
    for number in 1...200 { try world.tick(at: Double(number) * 86_400) }
    #expect(try world.revise("gempa", "angin").told == ["amended edit r"])
  }
}
