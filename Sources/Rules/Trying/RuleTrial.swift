public import Core
import FoundationEssentials

/// Runs the tests that stand in rules, without a log: articles and ticks are made.
public struct RuleTrial: Sendable {
  /// A test that did not come out as its author expects.
  public struct Failure: Hashable, Sendable {
    public var rule: String
    public var place: Place
    public var what: String

    public init(rule: String, place: Place, what: String) {
      (self.rule, self.place, self.what) = (rule, place, what)
    }
  }

  /// When a test begins; no rule looks at the date.
  private static let start = 1_704_067_200.0

  private let engine: RuleEngine
  private let rules: RuleSet

  public init(_ rules: RuleSet) {
    self.rules = rules
    engine = RuleEngine(rules)
  }

  /// How many tests there are.
  public var count: Int { rules.rules.reduce(0) { $0 + $1.tests.count } }

  /// The tests that fail, in the order of their rules.
  public func failures() throws -> [Failure] {
    try rules.rules.flatMap { rule in
      try rule.tests.compactMap { test in
        try complaint(test, rule).map { Failure(rule: rule.id, place: test.place, what: $0) }
      }
    }
  }

  private func complaint(_ test: RuleTest, _ rule: Rule) throws -> String? {
    guard let fires = test.fires else { return try complaint(test, lines(test, rule)) }
    let article = article(test.samples[0], 0)
    let doesFire = rules.matches(article).contains { $0.rule.id == rule.id }
    guard doesFire != fires else { return nil }
    let name = article.title.isEmpty ? article.text : article.title
    let failed = rule.match.map {
      "; the first clause that failed: " + rules.failing($0, rules.scan(article))
    }
    return doesFire
      ? "fires on \"\(name)\"; its test expects that it does not"
      : "does not fire on \"\(name)\"" + (failed ?? "")
  }

  private func complaint(_ test: RuleTest, _ lines: [Alert]) -> String? {
    let isAsExpected =
      lines.count == test.lines.count
      && zip(lines, test.lines).allSatisfy { line, wanted in
        line.state == wanted.state && (wanted.after.map { $0.seconds == after(line) } ?? true)
      }
    guard !isAsExpected else { return nil }
    let told = lines.map { Self.words($0.state, after: .seconds(Int64(after($0)))) }
    let wanted = test.lines.map { Self.words($0.state, after: $0.after) }
    return "tells \(Self.list(told)); its test expects \(Self.list(wanted))"
  }

  private static func words(_ state: Alert.State, after time: Duration?) -> String {
    state.rawValue + (time.map { " after \(DurationText.text($0))" } ?? "")
  }

  private static func list(_ lines: [String]) -> String {
    lines.isEmpty ? "nothing" : lines.joined(separator: ", ")
  }

  private func after(_ line: Alert) -> Double { line.at.timeIntervalSince1970 - Self.start }

  /// The lines of one rule; time goes from one thing that falls due to the next.
  private func lines(_ test: RuleTest, _ rule: Rule) throws -> [Alert] {
    var script = Script(engine: engine, store: MemoryStore(), rule: rule.id, start: Self.start)
    let samples = test.samples.enumerated().sorted {
      ($0.element.after.seconds, $0.offset) < ($1.element.after.seconds, $1.offset)
    }
    for (number, sample) in samples {
      let time = Self.start + sample.after.seconds
      try script.tick(until: time)
      let article = article(sample, number)
      try script.judge(.article(article, .live, nil, rules.read(article)), time)
    }
    let end = test.lines.compactMap { $0.after?.seconds }.max() ?? 0
    try script.tick(until: Self.start + end)
    return script.lines
  }

  private func article(_ sample: RuleTest.Sample, _ number: Int) -> Article {
    Article(
      id: Article.ID("test-\(number)"), feed: Feed.ID("test"), title: sample.title,
      text: sample.text, publisher: sample.publisher, language: sample.language,
      seen: Date(timeIntervalSince1970: Self.start + sample.after.seconds), dateSource: .feed)
  }
}

/// Records that are made up, one after the other.
private struct Script {
  let engine: RuleEngine
  let store: MemoryStore
  let rule: String
  let start: Double
  var position: UInt64 = 0
  var lines: [Alert] = []

  /// Lets time come to `end` by way of everything that falls due, with the ticks of a daemon that runs.
  mutating func tick(until end: Double) throws {
    try begin()
    while true {
      let sign = (store.clock.last ?? start) + RuleEngine.signOfLife
      let next = min(try store.due(by: end)?.due ?? .infinity, sign)
      guard next <= end else { return }
      try judge(.other, next)
    }
  }

  mutating func judge(_ fact: RuleRecord.Fact, _ time: Double) throws {
    try begin()
    position += 1
    let record = RuleRecord(
      position: position, at: Date(timeIntervalSince1970: time), fact)
    for decision in try engine.judge(record, in: store) {
      switch decision {
      case .raise(let line), .change(let line): if line.rule == rule { lines.append(line) }
      case .hold: continue
      }
    }
  }

  private mutating func begin() throws {
    guard position == 0 else { return }
    position = 1
    let record = RuleRecord(position: 1, at: Date(timeIntervalSince1970: start), .other)
    _ = try engine.prepare(
      before: record, in: store, past: RuleEngine.Past(first: nil) { _, _ in })
  }
}
