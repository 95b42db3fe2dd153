import Core
import Foundation
import Testing

@testable import Rules

@Suite("A rule of kind frequency") struct FrequencyTests {
  static func world(_ when: String, _ more: String = "", words: String = "") throws -> RuleWorld {
    try RuleWorld(
      #"{\#(words)"rules":[{"id":"r","match":"gempa","when":{"kind":"frequency",\#(when)}\#(more)}]}"#
    )
  }

  @Test func `fires when enough came within its window, and says what it counted`() throws {
    let world = try Self.world(#""at_least":"3","within":"30m""#, #","by":["feed"]"#)
    #expect(try world.publish("gempa 1", at: 0).isEmpty)
    #expect(try world.publish("gempa 2", at: 1_000).isEmpty)
    // The first has left the window at this very moment.
    #expect(try world.publish("gempa 3", at: 1_800).isEmpty)
    #expect(try world.publish("gempa 4", at: 1_801, feed: "other").isEmpty)
    let fired = try world.publish("gempa 5", at: 2_799)
    #expect(fired.told == ["fired count r"])
    let line = fired.alerts[0]
    #expect(line.group == ["feed": "wire"] && line.article?.title == "gempa 5")
    #expect(line.measure == Alert.Measure(value: 3, threshold: 3, window: "30m"))
    #expect(line.articles.map(\.rawValue) == ["gempa 2", "gempa 3", "gempa 5"])
    #expect(line.alsoArticles == 2 && line.alsoSources == 0)
    #expect(line.why.last?.clause == "3 of 3 articles within 30m")
  }

  @Test func `counts publishers of one owner, and copies of one text, once`() throws {
    let world = try Self.world(
      #""count":"sources","at_least":"3","within":"1h""#,
      words: #""owners":{"group":["A News","B"]},"#)
    let copied = String(repeating: "Gempa mengguncang kota pagi ini. ", count: 10)
    try world.publish("gempa 1", at: 0, publisher: "A News")
    try world.publish("gempa 2", at: 1, publisher: "B")
    try world.publish("gempa 3", at: 2, text: copied, publisher: "C")
    #expect(try world.publish("gempa 4", at: 3, text: copied, publisher: "D").isEmpty)
    let fired = try world.publish("gempa 5", at: 4)
    #expect(fired.told == ["fired count r"])
    #expect(fired.alerts[0].measure?.value == 3 && fired.alerts[0].alsoSources == 2)
  }

  @Test func `waits until the condition has held without a break`() throws {
    let world = try Self.world(#""at_least":"2","within":"10m","for":"2m""#)
    try world.publish("gempa 1", at: 0)
    #expect(try world.publish("gempa 2", at: 500).isEmpty)
    // Broken at 600, when the first leaves.
    #expect(try world.tick(at: 700).isEmpty)
    #expect(try world.publish("gempa 3", at: 800).isEmpty)
    #expect(try world.tick(at: 919).isEmpty)
    let fired = try world.tick(at: 930)
    #expect(fired.told == ["fired count r"])
    #expect(fired.alerts[0].at == Date(timeIntervalSince1970: RuleWorld.start + 930))
  }

  @Test func `is over when it has been well below for a while, and says so once`() throws {
    let world = try Self.world(#""at_least":"2","within":"10m""#, #","resolve_after":"5m""#)
    try world.publish("gempa 1", at: 0)
    let fired = try world.publish("gempa 2", at: 60)
    #expect(fired.told == ["fired count r"])
    #expect(try world.publish("gempa 3", at: 120).isEmpty)
    // At 660 two have left; 1 of 2 is below 0.8 until 720.
    #expect(try world.tick(at: 959).isEmpty)
    let resolved = try world.tick(at: 960)
    #expect(resolved.told == ["resolved quiet r"])
    #expect(resolved.alerts[0].id == fired.alerts[0].id && resolved.alerts[0].number == 1)
    #expect(resolved.alerts[0].held[.sameGroup] == 1)
    #expect(try world.tick(at: 99_000).isEmpty)
    #expect(world.store.groups.isEmpty)
  }

  @Test func `is told again at more sources, and at times until somebody has seen it`() throws {
    let world = try Self.world(
      #""at_least":"2","within":"2h""#, #","update_at":["3"],"repeat":"30m""#)
    try world.publish("gempa 1", at: 0, publisher: "A")
    let fired = try world.publish("gempa 2", at: 0, publisher: "B")
    #expect(try world.publish("gempa 3", at: 60, publisher: "C").told == ["updated grown r"])
    #expect(try world.publish("gempa 4", at: 61, publisher: "D").isEmpty)
    #expect(try world.tick(at: 1_859).isEmpty)
    #expect(try world.tick(at: 1_860).told == ["updated repeat r"])
    try world.judge(.acknowledged(fired.alerts[0].id), at: 1_900)
    #expect(try world.tick(at: 3_700).isEmpty)
  }

  @Test func `opens when a silence ends, if its condition holds then`() throws {
    let world = try Self.world(#""at_least":"2","within":"1h""#)
    world.store.silences = [HoldTests.silence("r")]
    try world.publish("gempa 1", at: 0)
    #expect(try world.publish("gempa 2", at: 1).told == ["held silence r"])
    let fired = try world.tick(at: 600)
    #expect(fired.told == ["fired count r"])
    #expect(fired.alerts[0].held.silence == 1 && fired.alerts[0].article == nil)
  }

  @Test func `that opens too often is told once, and then when it has been quiet`() throws {
    let world = try Self.world(#""at_least":"1","within":"1m""#, #","resolve_after":"10s""#)
    var told: [String] = []
    for round in 0..<6 {
      told += try world.publish("gempa \(round)", at: Double(round) * 80).told
      told += try world.tick(at: Double(round) * 80 + 75).told
    }
    let episode = ["fired count r", "resolved quiet r"]
    let flapping = ["updated flapping r"] + Array(repeating: "held flapping r", count: 5)
    #expect(told == episode + episode + episode + flapping)
    // It last changed at 470.
    #expect(try world.tick(at: 829).isEmpty)
    #expect(try world.tick(at: 830).told == ["resolved quiet r"])
    #expect(try world.tick(at: 5_000).isEmpty)
    #expect(world.store.groups.isEmpty)
  }

  @Test func `knows what came before it, and raises nothing about that`() throws {
    let world = try RuleWorld(#"{"rules":[]}"#)
    for number in 1...2 { try world.publish("gempa \(number)", at: Double(number)) }
    let rule =
      #"{"rules":[{"id":"r","match":"gempa","when":{"kind":"frequency","at_least":"3","within":"1h"}}]}"#
    #expect(try world.reload(rule).isEmpty)
    #expect(try world.publish("gempa 3", at: 10).told == ["fired count r"])
    let late = try RuleWorld(#"{"rules":[]}"#)
    for number in 1...4 { try late.publish("gempa \(number)", at: Double(number)) }
    #expect(try late.reload(rule).isEmpty)
    #expect(try late.publish("gempa 5", at: 10).isEmpty)
  }

  @Test func `stands though an article that it counted is taken back`() throws {
    let world = try Self.world(#""at_least":"2","within":"1h""#)
    try world.publish("gempa 1", at: 0)
    #expect(try world.publish("gempa 2", at: 1).told == ["fired count r"])
    #expect(try world.judge(.withdrawn(Article.ID("gempa 2"), .gone)).isEmpty)
    #expect(try world.revise("gempa 2", "banjir").isEmpty)
  }

  @Test func `that is removed ends its alerts`() throws {
    let world = try Self.world(#""at_least":"1","within":"1h""#)
    let fired = try world.publish("gempa 1", at: 0)
    let removed = try world.reload(#"{"rules":[]}"#)
    #expect(removed.told == ["resolved rule_removed r"])
    #expect(removed.alerts[0].id == fired.alerts[0].id)
    #expect(world.store.groups.isEmpty && world.store.memories.isEmpty)
  }
}

@Suite("A rule of kind spike") struct SpikeTests {
  static let rule =
    #"{"rules":[{"id":"r","match":"gempa","when":{"kind":"spike","window":"1h","ratio":"4","min_current":"6","warmup":"1d"}}]}"#

  /// One article an hour for two days.
  static func usual() throws -> RuleWorld {
    let world = try RuleWorld(rule)
    for hour in 0..<48 {
      #expect(try world.publish("gempa \(hour)", at: Double(hour) * 3_600).isEmpty)
    }
    return world
  }

  @Test func `fires where far more comes than is usual, from more than one source`() throws {
    let world = try Self.usual()
    var told: [Decision] = []
    for number in 0..<12 {
      told += try world.publish(
        "gempa x\(number)", at: 172_800 + Double(number), publisher: "p\(number % 2)")
    }
    #expect(told.told == ["fired spike r"])
    let measure = try #require(told.alerts.first?.measure)
    #expect(measure == Alert.Measure(value: 7, threshold: 4, window: "1h", baseline: 1))
    let quiet = try world.tick(at: 172_800 + 7_300)
    #expect(quiet.told == ["resolved quiet r"])
  }

  /// Half past an hour of UTC an hour begins in India.
  @Test func `counts by the hours of the desk's clock`() throws {
    for (zone, hours) in [
      ("UTC", [476_621: 2, 476_622: 1]), ("+05:30", [476_626: 1, 476_627: 2]),
    ] {
      let world = try RuleWorld(
        Self.rule.replacing(#"{"rules""#, with: #"{"timezone":"\#(zone)","rules""#))
      // The start is 27 minutes past the hour.
      for (number, minute) in [2, 4, 34].enumerated() {
        try world.publish("gempa \(number)", at: Double(minute) * 60)
      }
      let state = try world.store.group(GroupKey(rule: "r", group: "{}"))
      #expect(
        Dictionary(uniqueKeysWithValues: state.hours.map { ($0.hour, $0.count) }) == hours)
      #expect(world.engine.rules.zone.start(ofHour: state.hours[0].hour) <= RuleWorld.start + 120)
    }
  }

  @Test func `counts entities, each once`() throws {
    let names = (0..<30).map { #""Q\#($0)":{"name":"Nama\#($0)","type":"person","aliases":[]}"# }
    let world = try RuleWorld(
      #"{"entities":{\#(names.joined(separator: ","))},"rules":[{"id":"r","match":"entity:*","by":[],"#
        + #""when":{"kind":"spike","count":"entities","window":"1h","ratio":"4","min_current":"6","warmup":"1d"}}]}"#
    )
    for hour in 0..<48 {
      #expect(
        try world.publish("Nama0 dan Nama1", at: Double(hour) * 3_600, id: "u\(hour)").isEmpty)
    }
    var told: [Decision] = []
    for number in 0..<15 {
      let title = "Nama\(2 * number % 30) dan Nama\(2 * number + 1)"
      told += try world.publish(
        title, at: 172_800 + Double(number), id: "x\(number)", publisher: "p\(number % 2)")
    }
    #expect(told.told == ["fired spike r"])
    // Two an hour are usual; ten are the first that chance does not bring.
    let measure = try #require(told.alerts.first?.measure)
    #expect(measure == Alert.Measure(value: 10, threshold: 8, window: "1h", baseline: 2))
  }

  @Test func `does not fire for one source, nor before it knows enough`() throws {
    let world = try Self.usual()
    for number in 0..<20 {
      #expect(try world.publish("gempa x\(number)", at: 172_800 + Double(number)).isEmpty)
    }
    let new = try RuleWorld(Self.rule)
    for number in 0..<20 {
      #expect(
        try new.publish("gempa \(number)", at: Double(number), publisher: "p\(number)").isEmpty)
    }
  }

  @Test(arguments: [
    (0, 1.0, 1.0), (1, 1.0, 0.632_120_559), (6, 1.0, 0.000_594_185), (7, 1.0, 0.000_083_241),
    (20, 5.0, 0.000_000_346),
  ])
  func `knows how probable a count is`(count: Int, mean: Double, tail: Double) {
    #expect(abs(Poisson.tail(count, mean: mean) - tail) < 1e-8)
  }
}

@Suite("A rule of kind silence") struct SilenceKindTests {
  static func quiet(_ more: String = "", by: String = "[]") throws -> RuleWorld {
    try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa","by":\#(by),"when":{"kind":"silence","within":"1h"\#(more)}}]}"#
    )
  }

  @Test func `fires when nothing matched for long, and is over with the next match`() throws {
    let world = try Self.quiet()
    // Loading it armed it.
    #expect(try world.tick(at: 3_599).isEmpty)
    try world.publish("gempa", at: 3_599)
    #expect(try world.tick(at: 7_198).isEmpty)
    let fired = try world.tick(at: 7_199)
    #expect(fired.told == ["fired silence r"])
    #expect(fired.alerts[0].article == nil && fired.alerts[0].measure?.threshold == 3_600)
    #expect(fired.alerts[0].why[0].clause == "nothing since 2024-05-16T06:26:59Z, over 1h")
    #expect(try world.publish("banjir", at: 7_300).isEmpty)
    #expect(try world.publish("gempa lagi", at: 7_301).told == ["resolved new r"])
  }

  @Test func `is tried again when a cooldown that held it ends`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"q","match":"gempa","by":[],"cooldown":"1h","when":{"kind":"silence","of":"match","within":"10m"}}]}"#
    )
    try world.publish("gempa satu", at: 0)
    #expect(try world.tick(at: 600).told == ["fired silence q"])
    #expect(try world.publish("gempa dua", at: 700).alerts.map(\.state) == [.resolved])
    #expect(try world.tick(at: 1_300).told == ["held cooldown q"])
    #expect(try world.tick(at: 3_000).told.isEmpty)
    #expect(try world.tick(at: 4_200).told == ["fired silence q"])
  }

  @Test func `is told at a reload where it was due, whatever the new rules have to learn`() throws {
    let quiet =
      #"{"id":"q","match":"gempa","by":[],"when":{"kind":"silence","of":"match","within":"10m"}}"#
    let world = try RuleWorld(#"{"rules":[\#(quiet)]}"#)
    try world.publish("gempa satu", at: 0)
    let decisions = try world.reload(
      #"{"rules":[\#(quiet),{"id":"f","match":"banjir","by":[],"when":{"kind":"frequency","count":"articles","at_least":2,"within":"1h"}}]}"#,
      at: 900)
    #expect(decisions.told == ["fired silence q"])
  }

  @Test func `waits while too few feeds answer, and while the network is away`() throws {
    let world = try Self.quiet()
    try world.publish("gempa", at: 0)
    for feed in ["a", "b"] { try world.judge(.followed(Feed.ID(feed))) }
    try world.judge(.failed(Feed.ID("b")), at: 600)
    try world.tick(at: 3_700)
    try world.judge(.recovered(Feed.ID("b")), at: 4_200)
    try world.judge(.networkLost(), at: 4_800)
    try world.judge(.networkReturned, at: 5_400)
    // 600 + 600 seconds count by now; 2,400 are wanting.
    #expect(try world.tick(at: 7_799).isEmpty)
    #expect(try world.tick(at: 7_801).told == ["fired silence r"])
  }

  @Test func `does not count time in which nothing was recorded`() throws {
    let world = try Self.quiet()
    try world.publish("gempa", at: 0)
    try world.tick(at: 1_800)
    #expect(try world.tick(at: 90_000).isEmpty)
    #expect(try world.tick(at: 91_799).isEmpty)
    #expect(try world.tick(at: 91_801).told == ["fired silence r"])
  }

  @Test func `of feeds goes by their own habits, and forgets those long gone`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","by":["feed"],"when":{"kind":"silence","of":"feed","within":"auto","min":"10m","max":"7d","healthy":"0","forget_after":"2d"}}]}"#
    )
    func news(_ feed: String, at seconds: Double) throws -> [Decision] {
      try world.judge(.fetched(Feed.ID(feed), published: 1), at: seconds)
    }
    for number in 0...20 { #expect(try news("busy", at: Double(number) * 1_000).isEmpty) }
    _ = try news("new", at: 20_001)
    #expect(try world.tick(at: 22_999).isEmpty)
    let fired = try world.tick(at: 23_000)
    #expect(fired.told == ["fired silence r"])
    #expect(fired.alerts[0].group == ["feed": "busy"])
    #expect(try news("busy", at: 23_600).told == ["resolved new r"])
    try world.tick(at: 26_000)
    // Its longest gap is one of an hour by now.
    #expect(try world.tick(at: 33_000).isEmpty)
    for hour in 10...80 { try world.tick(at: Double(hour) * 3_500) }
    #expect(world.store.groups.isEmpty)
  }

  @Test func `of feeds that fail is another rule's matter, unless it is told otherwise`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","when":{"kind":"silence","of":"feed","within":"1h"}},"#
        + #"{"id":"any","when":{"kind":"silence","of":"feed","within":"1h","healthy":"0"}}]}"#)
    try world.judge(.fetched(Feed.ID("a"), published: 1), at: 0)
    try world.judge(.failed(Feed.ID("a")), at: 600)
    #expect(try world.tick(at: 3_600).told == ["fired silence any"])
    try world.judge(.recovered(Feed.ID("a")), at: 4_200)
    #expect(try world.tick(at: 7_199).isEmpty)
    #expect(try world.tick(at: 7_261).told == ["fired silence r"])
    let dropped = try world.judge(.unfollowed(Feed.ID("a")), at: 7_300)
    #expect(dropped.told == ["resolved withdrawn r", "resolved withdrawn any"])
  }
}
