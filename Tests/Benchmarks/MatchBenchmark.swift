import Foundation
import Text

/// Keywords looked for in news of five scripts: raw text in, folded, places in the source out.
enum MatchBenchmark {
  private static let scripts: [[Character]] = [
    Array("abdegiklmnoprstu"), Array("абвгдеиклмнопрсту"), Array("ابتجدرسفقلمنهوي"),
    (0..<3_000).compactMap { Unicode.Scalar(0x4E00 + $0 * 7).map(Character.init) },
  ]
  /// Two articles of Latin letters for one of each other script, as on the wire.
  private static let mix = [0, 0, 1, 2, 3]

  static func run() throws {
    var news = News()
    let texts = (0..<400).map { news.text(600, mix[$0 % mix.count]) }
    let bytes = Double(texts.reduce(0) { $0 + $1.utf8.count }) / 1e6
    let scan = Benchmarks.scan(Array(texts.joined().utf8) + [60])
    let peers = try MatchPeers(texts)
    for count in [10, 1_000, 10_000, 100_000, 1_000_000] {
      let keywords = (0..<count).map { news.keyword($0, mix[$0 % mix.count]) }
      let phrases = keywords.compactMap { Phrase($0) }
      var matcher = PhraseMatcher([])
      let load = Benchmarks.best(1) { matcher = PhraseMatcher(phrases) }
      let seconds = Benchmarks.best(5) {
        for text in texts { _ = matcher.matches(in: Words(text), of: text) }
      }
      Benchmarks.row("match \(count) keywords", bytes / seconds, scan, "MB/s", "memory scan")
      try peers.rows(keywords, ours: bytes / seconds)
      if count == 1_000_000 { Benchmarks.figure("load them", load * 1_000, "ms") }
    }
    try peers.remove()
  }

  /// Words of four scripts, a few of them common and most of them rare, the same in every run.
  private struct News {
    private var state: UInt64 = 7
    private var stock: [[String]] = []

    init() {
      stock = scripts.indices.map { script in (0..<20_000).map { _ in word(script) } }
    }

    private mutating func number(below count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }

    /// The rank of a thing of which the nth is met 1/n as often as the first (Zipf).
    private mutating func rank(below count: Int) -> Int {
      let share = Double(number(below: 1_000_000)) / 1e6
      return min(count - 1, max(0, Int(pow(Double(count), share)) - 1))
    }

    private mutating func word(_ script: Int) -> String {
      let letters = scripts[script]
      if script == 3 {
        return String((0...number(below: 3)).map { _ in letters[rank(below: 3_000)] })
      }
      return String((0..<2 + number(below: 9)).map { _ in letters[number(below: letters.count)] })
    }

    mutating func text(_ words: Int, _ script: Int) -> String {
      var text = ""
      for index in 0..<words {
        let word = stock[script][rank(below: 20_000)]
        text += index % 9 == 0 ? word.capitalized : word
        text += index % 60 == 59 ? "\n" : index % 15 == 14 ? ". " : script == 3 ? "" : " "
      }
      return text
    }

    /// One word, two, or three of which the last is a common one; of Han five characters and more.
    mutating func keyword(_ number: Int, _ script: Int) -> String {
      if script == 3 { return (0..<5).map { _ in word(3) }.joined() }
      let (first, second) = (word(script), word(script))
      switch number % 3 {
      case 0: return first + second
      case 1: return first + " " + second
      default: return first + " " + second + " " + stock[script][rank(below: 20_000)]
      }
    }
  }
}
