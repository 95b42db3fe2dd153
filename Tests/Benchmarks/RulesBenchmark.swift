import Core
import Foundation
import Glibc
import Rules

/// What rules of two words cost an article, as there are more and more of them.
///
/// A rule is a word and a name. Words of rules and articles are drawn alike, common ones often and rare ones
/// seldom (Zipf), from fifty thousand; names evenly, from two hundred thousand, and twenty of them in an
/// article. So a rule that is filed under its first word would be looked at all the time. Not part of
/// `make bench`, for reading a million rules takes a while: `tidings-bench rules`.
enum RulesBenchmark {
  private static let words = 50_000
  private static let names = 200_000
  private static let articles = 300

  static func run() throws {
    print("rules      read s   us an article beyond the scan: which hold, and with why")
    for count in [1_000, 10_000, 100_000, 1_000_000] {
      var draw = Draw(seed: 7)
      let start = ContinuousClock.now
      let rules = try ruleSet(count, &draw)
      let reading = (ContinuousClock.now - start).seconds
      let scanned = (0..<articles).map { rules.scan(article($0, &draw)) }
      var found = 0
      let seconds = Benchmarks.best(5) {
        found = scanned.reduce(0) { $0 + rules.matches($1).count }
      }
      let cost = seconds / Double(articles) * 1e6
      var held = 0
      let bare = Benchmarks.best(5) {
        held = scanned.reduce(0) { $0 + rules.met(by: $1).count }
      }
      precondition(held == found, "both find the same rules")
      print(
        "\(count)".padding(toLength: 11, withPad: " ", startingAt: 0)
          + "\((reading * 10).rounded() / 10)".padding(toLength: 9, withPad: " ", startingAt: 0)
          + "\((bare / Double(articles) * 1e7).rounded() / 10), \((cost * 10).rounded() / 10); \(Double(found) / Double(articles)) of them hold"
      )
      fflush(nil)
    }
  }

  private static func ruleSet(_ count: Int, _ draw: inout Draw) throws -> RuleSet {
    let rules = (0..<count).map { number in
      "{\"id\":\"r\(number)\",\"match\":\"w\(draw.word()) AND n\(draw.name())\"}"
    }
    let json = "{\"rules\":[\(rules.joined(separator: ","))]}"
    let set = RuleSet(
      reading: try ConfigNode(json: Array(json.utf8), file: "bench"), file: "bench")
    precondition(set.rules.count == count, "a rule was refused")
    return set
  }

  private static func article(_ number: Int, _ draw: inout Draw) -> Article {
    Article(
      id: Article.ID("\(number)"), feed: Feed.ID("f"), title: "",
      text: ((0..<280).map { _ in "w\(draw.word())" } + (0..<20).map { _ in "n\(draw.name())" })
        .joined(separator: " "),
      seen: Date(timeIntervalSince1970: 0))
  }

  /// Draws words by Zipf's law.
  private struct Draw {
    private var state: UInt64
    private let sums: [Double]

    init(seed: UInt64) {
      state = seed
      var sum = 0.0
      sums = (1...RulesBenchmark.words).map { rank in
        sum += 1 / Double(rank)
        return sum
      }
    }

    mutating func name() -> Int { Int(next() * Double(RulesBenchmark.names)) }

    /// From 0 to less than 1.
    private mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(UInt64(1) << 53)
    }

    mutating func word() -> Int {
      let target = next() * sums[sums.count - 1]
      var (low, high) = (0, sums.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] < target { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
