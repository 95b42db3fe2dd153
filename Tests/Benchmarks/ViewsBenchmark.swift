import Core
import EventLog
import Foundation
import GRDB
import Glibc
import Projections
import Support
import Text

/// Articles of 1.5 KB folded into the views, beside a plain SQLite insert of the same articles.
///
/// CPU time of the process counts, so that neighbours on the machine do not. Events and readings are
/// made before.
enum ViewsBenchmark {
  private static let articles = 20_000
  /// Articles of one transaction, as the projector takes them.
  private static let batch = 1_000

  static func run() throws {
    let folder = NSTemporaryDirectory() + "tidings-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let recorded = makeRecorded()
    let plain = try insert(recorded, folder + "/plain.sqlite")
    let all: [any Projection] = [
      DefinitionView(), FeedView(), ArticleView(), SightingView(), EntityView(), AlertView(),
    ]
    let without = try fold(recorded, all, folder + "/without.sqlite")
    let with = try fold(recorded, all + [SearchView()], folder + "/with.sqlite")
    let stories = try fold(recorded, all + [SearchView(), StoryView()], folder + "/stories.sqlite")
    Benchmarks.row("fold into views", without, plain, "articles/CPU s", "plain insert")
    Benchmarks.row("fold, full text too", with, plain, "articles/CPU s", "plain insert")
    Benchmarks.row("fold, stories too", stories, plain, "articles/CPU s", "plain insert")
  }

  private static func fold(
    _ recorded: [Recorded], _ projections: [any Projection], _ file: String
  ) throws -> Double {
    let views = try Views(file, log: 1, projections)
    defer { try? views.close() }
    return try rate {
      for start in stride(from: 0, to: articles, by: batch) {
        try views.fold(Array(recorded[start..<start + batch]))
      }
    }
  }

  /// The least that could be stored: each article once, found by its id.
  private static func insert(_ recorded: [Recorded], _ file: String) throws -> Double {
    let rows = recorded.map { ($0.event.id.description, Data($0.payload)) }
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
    let database = try DatabasePool(path: file, configuration: configuration)
    defer { try? database.close() }
    try database.write { db in
      try db.execute(sql: "CREATE TABLE article (id TEXT PRIMARY KEY, json BLOB NOT NULL)")
    }
    return try rate {
      for start in stride(from: 0, to: articles, by: batch) {
        try database.write { db in
          let statement = try db.cachedStatement(sql: "INSERT INTO article VALUES (?, ?)")
          for (id, json) in rows[start..<start + batch] {
            try statement.execute(arguments: [id, json])
          }
        }
      }
    }
  }

  /// Articles a second of CPU time, user and system.
  private static func rate(_ body: () throws -> Void) rethrows -> Double {
    let before = seconds()
    try body()
    return Double(articles) / (seconds() - before)
  }

  private static func seconds() -> Double {
    var usage = rusage()
    unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    let (user, system) = (usage.ru_utime, usage.ru_stime)
    return Double(user.tv_sec + system.tv_sec) + Double(user.tv_usec + system.tv_usec) / 1e6
  }

  // MARK: Articles

  private static func makeRecorded() -> [Recorded] {
    var random = SeededGenerator(seed: 1)
    return (1...articles).map { number in
      let title = words(8, &random)
      let text = words(190, &random)
      let seen = Date(timeIntervalSince1970: 1_715_837_220 + Double(number))
      let id = Digest(of: ["bench", String(number)]).description
      let article = Article(
        id: Article.ID(id), feed: Feed.ID("feed-\(number % 100)"),
        url: "https://www.n.example/news/\(number)?utm_source=rss", title: title, text: text,
        language: "en", published: seen, seen: seen, dateSource: .feed, contentHash: id)
      let reading = Reading(
        language: "en", titleWords: title, bodyWords: text,
        mentions: (0..<2).map { place in
          Reading.Mention(
            entity: "Q\(Int.random(in: 0..<500, using: &random))", field: "text", start: place * 20,
            end: place * 20 + 5, text: "Putin")
        }, topics: ["topic-\(number % 20)"])
      let event = Event(at: seen, .articlePublished(article, .live))
      return Recorded(
        position: Position(rawValue: UInt64(number)), recordedAt: seen, event: event,
        payload: event.json, reading: reading)
    }
  }

  /// Words as frequent as in a language: the tenth is met a tenth as often as the first.
  private static func words(_ count: Int, _ random: inout SeededGenerator) -> String {
    (0..<count).map { _ in
      let rank = Int(exp(Double.random(in: 0..<11, using: &random)))
      return String(rank &* 7_919 % 1_000_003, radix: 36) + String(rank % 7, radix: 36)
    }.joined(separator: " ")
  }
}
