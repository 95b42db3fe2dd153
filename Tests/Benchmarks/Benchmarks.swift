import Core
import EventLog
import Foundation
import Glibc
import Rules
import Text

/// `make bench`: each figure beside a reference that runs in the same minute; the ratio is the result.
@main
enum Benchmarks {
  static func main() async throws {
    switch CommandLine.arguments.dropFirst().first {
    case "serve": return try PollBenchmark.serve()
    case "serve-all": return try EnduranceServer.run()
    case "endurance": return try EnduranceBenchmark.run()
    case "poll": return try await PollBenchmark.run()
    case "million": return try await MillionBenchmark.run()
    // One part alone, where only that is asked.
    case "append": return try await LogBenchmark.appends()
    case "parse": return try ParseBenchmark.run(only: CommandLine.arguments.dropFirst(2).first)
    case "memory": return try ParseMemory.measure(CommandLine.arguments.last ?? "")
    case "rules": return try RulesBenchmark.run()
    case "long": return try await LongLogBenchmark.run()
    case "views": return try ViewsBenchmark.run()
    case "latency": return try await LatencyBenchmark.run()
    case "match": return try MatchBenchmark.run()
    default: break
    }
    print("what                               ours        reference   ratio  of")
    try ParseBenchmark.run()
    match()
    try MatchBenchmark.run()
    try CodecBenchmark.run()
    try await LogBenchmark.run()
    try ViewsBenchmark.run()
    try await PollBenchmark.run()
    try await LatencyBenchmark.run()
  }

  /// The best of `rounds`, in seconds.
  static func best(_ rounds: Int, _ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<rounds { best = min(best, try ContinuousClock().measure(body).seconds) }
    return best
  }

  static func row(_ what: String, _ ours: Double, _ reference: Double, _ unit: String, _ of: String)
  {
    func column(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    let figures = [ours, reference].map { column(String(Int($0)), 12) }.joined()
    print(
      column("\(what), \(unit)", 35) + figures
        + column(String((ours / reference * 1_000).rounded() / 1_000), 7) + of)
  }

  /// The middle of the turns' ratios, with the middle figures of both.
  static func row(
    _ what: String, _ turns: [(ours: Double, reference: Double)], per count: Double,
    _ unit: String, _ of: String
  ) {
    let ratios = turns.map { $0.reference / $0.ours }.sorted()
    let ours = turns.map(\.ours).sorted()[turns.count / 2]
    row(
      what, count / ours, count / (ours * ratios[turns.count / 2]), unit, of)
  }

  /// A figure without a reference: a bound is what counts.
  static func figure(_ what: String, _ value: Double, _ unit: String) {
    print("\(what): \((value * 10).rounded() / 10) \(unit)")
  }

  /// MB/s at which words of eight bytes in memory are added up: the least that a checksum must do.
  static func sum(_ words: Int) -> Double {
    let memory = (0..<words).map { UInt64($0) }
    var total: UInt64 = 0
    let seconds = best(3) { total = memory.reduce(total) { $0 &+ $1 } }
    return total > 0 ? Double(words * 8) / 1e6 / seconds : 0
  }

  /// Words of made-up news, the same in every run.
  static func text(_ words: Int, seed: UInt64) -> String {
    let stock = [
      "gempa", "di", "yang", "warga", "pemerintah", "the", "market", "Putin", "harga", "kota",
      "naik", "and",
    ]
    var state = seed
    return (0..<words).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return stock[Int(state >> 33) % stock.count]
    }.joined(separator: " ")
  }

  /// Counting `<` is the least that a reader of markup must do.
  static func scan(_ bytes: [UInt8]) -> Double {
    var found = 0
    let seconds = best(5) { found = bytes.count { $0 == UInt8(ascii: "<") } }
    return found > 0 ? Double(bytes.count) / 1e6 / seconds : 0
  }

  static func match() {
    let rules = (0..<10_000).map { "{\"id\":\"r\($0)\",\"match\":\"kata\($0) OR harga\($0)\"}" }
    guard
      let node = try? ConfigNode(
        json: Array("{\"rules\":[\(rules.joined(separator: ","))]}".utf8), file: "bench")
    else { return }
    let set = RuleSet(reading: node, file: "bench")
    let articles = (0..<200).map { number in
      Article(
        id: Article.ID("\(number)"), feed: Feed.ID("f"), title: "T",
        text: text(800, seed: UInt64(number)),
        seen: Date(timeIntervalSince1970: 0))
    }
    let bytes = articles.reduce(0) { $0 + $1.text.utf8.count }
    let seconds = best(5) { for article in articles { _ = set.matches(article) } }
    row(
      "match 10,000 rules", Double(bytes) / 1e6 / seconds,
      scan(Array(articles.map(\.text).joined().utf8) + [60]), "MB/s", "memory scan")
  }
}
