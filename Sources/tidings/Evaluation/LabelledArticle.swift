import Core

/// An article of which people said to which story it belongs.
struct LabelledArticle: Hashable {
  var id: String
  var title: String
  var text: String
  var language: String
  /// As people named it; nil where the article is only there to be in the way.
  var story: String?
  /// The article that it copies, as people say.
  var original: String?
}

extension LabelledArticle {
  /// The articles of a file, in its order.
  ///
  /// Three forms: JSON Lines of articles with `title`, `text` (or `body`), `language` (or `lang`) and `story`;
  /// an array of events, each with `articles`; and labelled words, one a line, whose sentences are articles of
  /// no story.
  ///
  /// - Throws: `Failure` for a file that is none of them.
  static func read(_ file: String) throws -> [LabelledArticle] {
    let bytes = try Input.bytes(of: file)
    let articles =
      switch bytes.first {
      case UInt8(ascii: "["): try events(in: bytes, file)
      case UInt8(ascii: "{"): try lines(in: bytes, file)
      default: sentences(in: bytes, file)
      }
    guard !articles.isEmpty else {
      throw Failure(
        file, "holds no articles", fix: "give JSON Lines with `title`, `text` and `story`",
        code: Exit.badData)
    }
    return articles
  }

  /// Whether a file holds articles that people put into stories, rather than labelled words.
  ///
  /// - Throws: where it cannot be read.
  static func isFile(_ file: String) throws -> Bool {
    let bytes = try Input.bytes(of: file)
    guard bytes.first == UInt8(ascii: "{") else { return bytes.first == UInt8(ascii: "[") }
    let first = bytes.prefix { $0 != 0x0A }
    return try json(Array(first), "\(file):1")["story"] != nil
  }

  private static func lines(in bytes: [UInt8], _ file: String) throws -> [LabelledArticle] {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return try lines.enumerated().filter { !$0.element.isEmpty }.map { number, line in
      let value = try json(Array(line), "\(file):\(number + 1)")
      return LabelledArticle(value, id: "\(file):\(number + 1)", story: value["story"]?.string)
    }
  }

  private static func events(in bytes: [UInt8], _ file: String) throws -> [LabelledArticle] {
    guard case .array(let events) = try json(bytes, file) else { return [] }
    return events.enumerated().flatMap { number, event -> [LabelledArticle] in
      guard case .array(let articles)? = event["articles"] else { return [] }
      return articles.enumerated().map { place, article in
        LabelledArticle(article, id: "\(file):\(number):\(place)", story: "\(file):\(number)")
      }
    }
  }

  private static func json(_ bytes: [UInt8], _ place: String) throws -> JSONValue {
    do {
      return try JSONValue(parsing: bytes)
    } catch {
      throw Failure(place, "\(error)", fix: "give it as JSON", code: Exit.badData)
    }
  }

  private init(_ value: JSONValue, id: String, story: String?) {
    self.init(
      id: value["id"]?.string ?? id, title: value["title"]?.string ?? "",
      text: (value["text"] ?? value["body"])?.string ?? value["summary"]?.string ?? "",
      language: (value["language"] ?? value["lang"])?.string ?? "en", story: story,
      original: value["duplicate_of"]?.string)
  }

  /// Sentences of words, one a line with its labels behind it, an empty line between two.
  private static func sentences(in bytes: [UInt8], _ file: String) -> [LabelledArticle] {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let words = lines.map { line in
      line.prefix { $0 != 0x09 && $0 != 0x20 && $0 != 0x0D }
    }
    return words.split { $0.isEmpty }.enumerated().map { number, sentence in
      let text = sentence.map { String(decoding: $0, as: UTF8.self) }
      return LabelledArticle(
        id: "\(file):\(number)", title: text.prefix(8).joined(separator: " "),
        text: text.joined(separator: " "), language: "id", story: nil, original: nil)
    }
  }
}
