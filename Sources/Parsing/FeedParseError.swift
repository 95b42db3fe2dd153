import Core

/// Why a document is no feed.
public enum FeedParseError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  /// Something else: what, the feeds that it names, and its title if it is a page.
  case notAFeed(found: String, hints: [String], title: String? = nil)
  /// Data of this kind that could not be unpacked.
  case compressed(String)
  case tooLarge(limit: Int)
  case encoding(String)
  case json(line: Int, column: Int, what: String)

  public var description: String {
    "not a feed: " + what + "; " + fix
  }

  /// What it is, for people.
  public var what: String {
    switch self {
    case .empty: "the document is empty"
    case .notAFeed(let found, _, let title):
      "found \(found)" + (title.map { " «\(SafeText.line($0))»" } ?? "")
    case .compressed(let kind): "found \(kind) data that cannot be unpacked"
    case .tooLarge(let limit): "over \(limit >> 20) MiB"
    case .encoding(let name): "encoding \(SafeText.line(name)) cannot be read"
    case .json(let line, let column, let what): "JSON line \(line), column \(column): \(what)"
    }
  }

  /// What to do about it.
  public var fix: String {
    switch self {
    case .empty: "ask again later"
    case .notAFeed(_, let hints, _) where !hints.isEmpty:
      "it names \(hints.prefix(5).map(SafeText.line).joined(separator: ", "))"
    case .notAFeed("<html>", _, _): "it names no feed, so check the address"
    case .notAFeed(let found, _, _) where found.hasPrefix("a subscription list"):
      "use `tidings feeds import`"
    case .notAFeed: "check the address"
    case .compressed: "ask again later"
    case .tooLarge: "ask for a smaller one"
    case .encoding: "use UTF-8"
    case .json: "mend the document"
    }
  }

  /// What `tidings parse` prints for a program.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("error", description)
      guard case .notAFeed(let found, let hints, let title) = self else { return }
      writer.field("found", found)
      writer.field("title", title)
      if !hints.isEmpty { writer.field("feeds", hints) }
    }
    return writer.bytes
  }
}
