import Foundation
import Glibc
import Parsing

/// Reading feeds into whole values, one core, process time, beside a look at every byte in memory.
enum ParseBenchmark {
  /// All of it, or the hostile documents alone whose name holds `word`.
  static func run(only word: String? = nil) throws {
    if word == nil { try usual() }
    for document in Hostile.documents where word.map(document.name.contains) ?? true {
      Benchmarks.figure("20 MB of \(document.name)", document.milliseconds, "ms")
    }
    for document in Hostile.printed where word.map(document.name.contains) ?? true {
      Benchmarks.figure("4 MiB of \(document.name)", document.printing, "ms")
    }
  }

  private static func usual() throws {
    let languages = FeedShape.Language.allCases
    var utf8: [[UInt8]] = []
    for (kind, title) in ["RSS, CDATA", "RSS, escaped", "Atom, html", "Atom, xhtml"].enumerated() {
      let documents = (0..<60).map { number in
        let shape = FeedShape(
          language: languages[number % languages.count], seed: UInt64(number + 1))
        return Array((kind < 2 ? shape.rss(escaped: kind == 1) : shape.atom(xhtml: kind == 3)).utf8)
      }
      row("parse \(title)", documents)
      utf8 += documents
    }
    row("parse UTF-8, all of these", utf8)
    row("parse a third not UTF-8", mixed(utf8))
    try ParseMemory.run()
  }

  /// UTF-8 feeds, and half as many bytes in other encodings.
  private static func mixed(_ utf8: [[UInt8]]) -> [[UInt8]] {
    let sets: [(FeedShape.Language, String)] = [
      (.russian, "windows-1251"), (.german, "iso-8859-1"), (.japanese, "Shift_JIS"),
      (.japanese, "EUC-JP"), (.english, "windows-1252"), (.russian, "KOI8-R"),
      (.japanese, "GB18030"), (.russian, "UTF-16"),
    ]
    var documents: [[UInt8]] = []
    var bytes = 0
    let wanted = utf8.reduce(0) { $0 + $1.count } / 2
    for number in 0... {
      guard bytes < wanted else { break }
      let (language, name) = sets[number % sets.count]
      let shape = FeedShape(language: language, seed: UInt64(1_000 + number))
      let document = Encoded.bytes(
        shape.rss(escaped: number % 3 == 0, encoding: name), in: name)
      documents.append(document)
      bytes += document.count
    }
    row("parse other encodings", documents)
    return utf8 + documents
  }

  private static func row(_ what: String, _ documents: [[UInt8]]) {
    let bytes = documents.reduce(0) { $0 + $1.count }
    var entries = 0
    let ours = processSeconds {
      for document in documents {
        let feed = try? ParsedFeed(
          parsing: document, base: "https://n.example/feed", contentType: nil, contentLanguage: nil)
        entries += feed?.entries.count ?? 0
      }
    }
    var found = 0
    let scan = processSeconds {
      for document in documents { found += document.count { $0 == UInt8(ascii: "<") } }
    }
    guard entries >= 20 * documents.count, found > 0 else {
      return print("\(what): nothing was read")
    }
    Benchmarks.row(
      what, Double(bytes) / 1e6 / ours, Double(bytes) / 1e6 / scan, "MB/s", "memory scan")
  }

  /// The least of some rounds, by the process's own time.
  static func processSeconds(rounds: Int = 5, _ body: () -> Void) -> Double {
    (0..<rounds).map { _ in
      let start = clock()
      body()
      return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }.min() ?? .infinity
  }
}
