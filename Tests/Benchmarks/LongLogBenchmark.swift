import Core
import EventLog
import Foundation
import Glibc

/// A log of a million events: opening, verifying and replaying it.
enum LongLogBenchmark {
  /// How many, of 1.5 KB each.
  ///
  /// `TIDINGS_EVENTS=10000000 make bench` takes 16 GB of disk.
  private static let events =
    ProcessInfo.processInfo.environment["TIDINGS_EVENTS"].flatMap(Int.init) ?? 1_000_000

  static func run() async throws {
    try await LogBenchmark.inFolder { folder in
      let payload = article()
      let log = try SegmentedLog.open(folder, now: Date())
      for start in stride(from: 0, to: events, by: 1_000) {
        let batch = (start..<min(start + 1_000, events)).map {
          NewRecord(id: UInt128($0), kind: EventKind.articlePublished.rawValue, payload: payload)
        }
        try await log.append(batch, to: .alerts, at: Date())
      }
      try await log.close()
      let before = try residentMebibytes()
      let clock = ContinuousClock()
      let start = clock.now
      let again = try SegmentedLog.open(folder, now: Date())
      let opened = (clock.now - start).seconds
      Benchmarks.figure("open \(events) events after a clean stop", opened * 1_000, "ms")
      let scan = Benchmarks.sum(2 << 20)
      let verified = try await LogBenchmark.seconds {
        guard try await again.verify({ _, _ in }).isEmpty else {
          throw CocoaError(.fileReadCorruptFile)
        }
      }
      let bytes = Double(try await again.statistics().bytes)
      Benchmarks.row("verify", bytes / verified / 1e6, scan, "MB/s", "memory sum")
      try await replay(again)
      let grown = try residentMebibytes() - before
      Benchmarks.figure("memory after opening, verifying and reading it", grown, "MiB more")
      try await again.close()
    }
  }

  /// Reading with checksums and decoding, beside reading alone.
  private static func replay(_ log: SegmentedLog) async throws {
    let count = min(events, 300_000)
    func pass(_ body: ([Record]) throws -> Void) async throws -> Double {
      try await LogBenchmark.seconds {
        var next = Position.origin
        while next.rawValue < UInt64(count),
          case let batch = try await log.read(from: next, limit: 1_000),
          let last = batch.last
        {
          try body(batch)
          next = last.position.next
        }
      }
    }
    let read = try await pass { _ in }
    var articles = 0
    let decoded = try await pass { records in
      for record in records {
        if case .articlePublished = try Event(kind: record.kind, json: record.payload).fact {
          articles += 1
        }
      }
    }
    precondition(articles >= count)
    Benchmarks.row(
      "replay decoded", Double(count) / decoded, Double(count) / read, "events/s",
      "reading without decoding")
  }

  /// The stored form of an article of about 1.5 KB.
  private static func article() -> [UInt8] {
    let article = Article(
      id: Article.ID("aaaaaaaaaaaaaaaaaaaaaaaaaa"), feed: Feed.ID("kumparan"),
      url: "https://news.example/2024/05/16/putin-tiba-di-beijing",
      title: Benchmarks.text(9, seed: 1),
      text: Benchmarks.text(150, seed: 2), authors: ["Tiara Hasna R"], publisher: "kumparanNEWS",
      language: "id", published: Date(timeIntervalSince1970: 1_715_837_220),
      seen: Date(timeIntervalSince1970: 1_715_837_467), dateSource: .feed,
      categories: ["Internasional"], contentHash: "0123456789abcdef")
    return Event(at: article.seen, .articlePublished(article, .live)).json
  }

  /// What the process holds in memory now (proc(5), statm).
  private static func residentMebibytes() throws -> Double {
    let words = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(
      separator: " ")
    return Double(Int(words[1]) ?? 0) * Double(getpagesize()) / Double(1 << 20)
  }
}
