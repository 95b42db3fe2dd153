import Core
import EventLog
import Foundation
import Glibc
import Parsing
import Rules
import Text

/// `make bench`: each figure beside a reference that runs in the same minute; the ratio is the result.
@main
enum Benchmarks {
  static func main() async throws {
    if CommandLine.arguments.dropFirst().first == "serve" { return try PollBenchmark.serve() }
    print("what                               ours        reference   ratio  of")
    parse()
    match()
    try CodecBenchmark.run()
    for size in [1, 10, 100, 1_000] { try await append(size) }
    try ViewsBenchmark.run()
    try await PollBenchmark.run()
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

  static func parse() {
    let items = (0..<4_000).map { number in
      "<item><title>\(text(8, seed: UInt64(number)))</title><link>https://n.example/\(number)</link>"
        + "<guid>\(number)</guid><pubDate>Thu, 16 May 2024 12:27:00 WIB</pubDate><description><![CDATA[<p>"
        + "\(text(300, seed: UInt64(number) + 9))</p>]]></description></item>"
    }
    let document = Array(
      "<rss version=\"2.0\"><channel><title>T</title>\(items.joined())</channel></rss>".utf8)
    let seconds = best(5) {
      _ = try? ParsedFeed(parsing: document, base: nil, contentType: nil, contentLanguage: nil)
    }
    row("parse RSS", Double(document.count) / 1e6 / seconds, scan(document), "MB/s", "memory scan")
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

  /// Durable appends, against the same bytes written and synced by plain calls on the same disk.
  static func append(_ batch: Int) async throws {
    let folder = NSTemporaryDirectory() + "tidings-bench-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let payload = [UInt8](repeating: UInt8(ascii: "x"), count: 1_500)
    let records = (0..<batch).map { NewRecord(id: UInt128($0), kind: 1, payload: payload) }
    let rounds = max(20, 400 / batch)
    let log = try SegmentedLog.open(folder, now: Date())
    let start = ContinuousClock.now
    for _ in 0..<rounds { try await log.append(records, to: .alerts, at: Date()) }
    let ours = (ContinuousClock.now - start).seconds
    try await log.close()
    let raw = try plain(
      folder + "/raw", Array(repeating: payload, count: batch).flatMap { $0 }, rounds)
    row(
      "append by \(batch)", Double(batch * rounds) / ours, Double(batch * rounds) / raw,
      "records/s", "write + fdatasync")
  }

  static func plain(_ path: String, _ bytes: [UInt8], _ rounds: Int) throws -> Double {
    let file = unsafe open(path, O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    return ContinuousClock().measure {
      for _ in 0..<rounds {
        precondition(unsafe write(file, bytes, bytes.count) == bytes.count && fdatasync(file) == 0)
      }
    }.seconds
  }
}
