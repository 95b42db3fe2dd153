import Core
import EventLog
import Foundation
import Glibc

/// The built program on a log of a million articles: how long a person waits.
///
/// Not part of `make bench`, for it takes minutes and some 6 GB of disk: `make bench-million`.
enum MillionBenchmark {
  private static let count =
    ProcessInfo.processInfo.environment["TIDINGS_EVENTS"].flatMap(Int.init) ?? 1_000_000

  static func run() async throws {
    let folder = NSTemporaryDirectory() + "tidings-million-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/data", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try configuration.write(toFile: folder + "/tidings.yaml", atomically: true, encoding: .utf8)
    try tried.write(toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
    try await write(folder + "/data/log")
    print("\(count) articles; seconds of each command, by the clock")
    for command in [
      ["log", "verify"], ["log", "stats"], ["rebuild"], ["entities"], ["entities", "Putin"],
      ["entities", "Putin", "--since", "90d"], ["topics"], ["search", "gempa", "kota"],
      ["search", "kabar500000"], ["tail", "-n", "20"],
      ["articles", "-n", "20"], ["log", "cat", "--since", "1h"],
      ["rules", "try", folder + "/rules.yaml", "--since", "800d"], ["rebuild", "--check"],
    ] {
      let seconds = try time(command + ["--config", folder + "/tidings.yaml"])
      print("  tidings \(command.joined(separator: " ")): \((seconds * 1_000).rounded() / 1_000)")
      // What is measured stays told where the run is cut short.
      fflush(nil)
    }
  }

  private static let configuration = """
    page: none
    entities: {Q7747: {name: Vladimir Putin, type: person, aliases: [Putin]}}
    topics: {quake: {name: Quakes, match: gempa}}
    rules: [{id: quake, match: gempa AND Putin}]
    feeds: []

    """

  /// One rule that hardly ever fires, one that counts.
  private static let tried = """
    rules:
      - {id: rare, match: kabar500000 OR kabar7}
      - {id: many, match: nama7, by: [], when: {kind: frequency, count: articles, at_least: 50, within: 24h}}

    """

  private static func write(_ folder: String) async throws {
    // Two years of news, so that questions about the last hour are about a small part.
    let start = Date().addingTimeInterval(-63_072_000)
    let log = try SegmentedLog.open(folder, now: start)
    // Nearly every article names one entity, dozens of times, and one of five hundred others beside it.
    let others = (0..<500).map { #""nama\#($0)":{"name":"nama\#($0)","type":"person"}"# }
    let entities =
      #"{"Q7747":{"name":"Vladimir Putin","type":"person","aliases":["Putin"]},"#
      + others.joined(separator: ",") + "}"
    let topics = #"{"quake":{"name":"Quakes","match":"gempa"}}"#
    try await log.append(
      [("entities", entities), ("topics", topics)].map { part, text in
        let words = VocabularyDefinition(part: part, text: text)
        return record(Event(at: start, .vocabularyDefined(words)))
      }, to: .definitions, at: start)
    for first in stride(from: 0, to: count, by: 1_000) {
      let now = start.addingTimeInterval(Double(first) * 63_072_000 / Double(count))
      let batch = (first..<min(first + 1_000, count)).map { number in
        record(Event(at: now, .articlePublished(article(number, now), .live)))
      }
      try await log.append(batch, to: .feed("wire"), at: now)
    }
    try await log.close()
  }

  private static func record(_ event: Event) -> NewRecord {
    NewRecord(id: event.id.bits, kind: event.kind.rawValue, payload: event.json)
  }

  /// About 1.5 KB as the log holds it.
  private static func article(_ number: Int, _ now: Date) -> Article {
    Article(
      id: Article.ID(Digest(of: ["article", String(number)]).description), feed: Feed.ID("wire"),
      url: "https://news.example/2024/05/16/kabar-\(number)",
      title: "kabar\(number) nama\(number % 500) " + Benchmarks.text(8, seed: UInt64(number)),
      text: Benchmarks.text(150, seed: UInt64(number) + 7), authors: ["Tiara Hasna R"],
      publisher: "Wire", language: "id", published: now, seen: now, dateSource: .feed,
      contentHash: String(number))
  }

  private static func time(_ arguments: [String]) throws -> Double {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "tidings")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let start = ContinuousClock.now
    try process.run()
    process.waitUntilExit()
    // `tail` finds nothing where nothing was judged; all else must go well.
    guard process.terminationReason == .exit, [0, 2].contains(process.terminationStatus) else {
      throw CocoaError(.executableLoad)
    }
    return (ContinuousClock.now - start).seconds
  }
}
