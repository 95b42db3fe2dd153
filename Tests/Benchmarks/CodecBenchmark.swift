import Core
import Foundation

/// Events of articles to and from their stored lines of 1.5 KB, beside Foundation's coders on an
/// equal `Codable` struct; one core.
enum CodecBenchmark {
  /// A round takes a few milliseconds, so that some rounds of many run undisturbed.
  private static let count = 500
  private static let rounds = 100

  static func run() throws {
    let events = (0..<count).map(event)
    let lines = events.map(\.json)
    let stored = try lines.map { try foundationDecoder().decode(StoredEvent.self, from: Data($0)) }
    try decode(lines)
    try encode(events, stored)
  }

  private static func decode(_ lines: [[UInt8]]) throws {
    let kind = EventKind.articlePublished.rawValue
    let ours = try Benchmarks.best(rounds) {
      for line in lines { keep(try Event(kind: kind, json: line)) }
    }
    let (decoder, documents) = (foundationDecoder(), lines.map { Data($0) })
    let reference = try Benchmarks.best(rounds) {
      for document in documents { keep(try decoder.decode(StoredEvent.self, from: document)) }
    }
    row("decode", ours, reference, "JSONDecoder")
  }

  private static func encode(_ events: [Event], _ stored: [StoredEvent]) throws {
    let ours = Benchmarks.best(rounds) { for event in events { keep(event.json) } }
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = .withoutEscapingSlashes
    let reference = try Benchmarks.best(rounds) {
      for event in stored { keep(try encoder.encode(event)) }
    }
    row("encode", ours, reference, "JSONEncoder")
  }

  private static func row(_ what: String, _ ours: Double, _ reference: Double, _ of: String) {
    Benchmarks.row(what, Double(count) / ours, Double(count) / reference, "events/s", of)
  }

  private static func foundationDecoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return decoder
  }

  /// A place for results, so that no work is left out as unused.
  @inline(never) private static func keep<Value>(_ value: Value) {}

  /// An article as news has it: paragraphs, quotation marks of both kinds, some letters beyond ASCII.
  private static func event(_ number: Int) -> Event {
    let seed = UInt64(number)
    let at = Date(timeIntervalSince1970: 1_715_837_220 + Double(number))
    let text = (0..<3).map { part in
      Benchmarks.text(15, seed: seed + part) + ", kata “sumber” di Café. \"Ya,\" "
        + Benchmarks.text(24, seed: seed + part + 9)
    }.joined(separator: "\n\n")
    let key = Digest(of: ["bench", String(number)]).description
    return Event(
      at: at,
      .articlePublished(
        Article(
          id: Article.ID(key), feed: Feed.ID("kumparan"), url: "https://n.example/berita/\(number)",
          title: Benchmarks.text(9, seed: seed), text: text,
          summary: Benchmarks.text(16, seed: seed),
          authors: ["Tiara Hasna R"], publisher: "kumparanNEWS", language: "id", published: at,
          seen: at, dateSource: .feed, categories: ["Internasional", "News"],
          image: "https://n.example/gambar/\(number).jpg", contentHash: key + "234567"),
        .live))
  }
}

/// What Foundation is given: the stored line of `article.published`, field by field.
private struct StoredEvent: Codable {
  var type: String
  var v: Int
  var id: String
  var at: Date
  var article: StoredArticle
  var origin: String
}

private struct StoredArticle: Codable {
  var id: String
  var revision: Int
  var feed: String
  var url: String?
  var title: String
  var text: String
  var summary: String?
  var authors: [String]
  var publisher: String?
  var language: String?
  var published: Date?
  var updated: Date?
  var seen: Date
  var dateSource: String
  var categories: [String]
  var image: String?
  var enclosures: [StoredEnclosure]
  var contentHash: String

  enum CodingKeys: String, CodingKey {
    case id, revision, feed, url, title, text, summary, authors, publisher, language, published
    case updated, seen, categories, image, enclosures
    case dateSource = "date_source"
    case contentHash = "content_hash"
  }
}

private struct StoredEnclosure: Codable {
  var url: String
  var type: String?
  var length: Int?
}
