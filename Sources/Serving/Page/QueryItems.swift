import Core
import FoundationEssentials

/// What stands behind the question mark of an address, decoded; of several with a name the first counts.
struct QueryItems {
  private let fields: FormFields

  init(_ query: String) { fields = FormFields(query) }

  /// The text under a name; nil where there is none, or nothing but blanks.
  subscript(name: String) -> String? {
    guard let text = fields[name], !text.allSatisfy(\.isWhitespace) else { return nil }
    return text
  }

  /// Rows that are asked for, as many as there may be.
  func rows() throws(PageError) -> Int {
    guard let text = self["n"] else { return PageLimits.rows }
    guard let rows = Int(text), rows > 0 else {
      throw .unclear("n: '\(text)' is no number of rows; write 1 to \(PageLimits.mostRows)")
    }
    return min(rows, PageLimits.mostRows)
  }

  /// The moment from which on, as commands take it; all time where nothing is said, or `all`.
  func since(now: Date, orElse usual: String = "all") throws(PageError) -> Date? {
    let text = self["since"] ?? usual
    guard text != "all" else { return nil }
    guard let date = MomentText.date(text, now: now) else {
      throw .unclear(
        "since: '\(text)' is no moment; write 24h, 7d, 2026-01-31 or a time of RFC 3339")
    }
    return date
  }
}

/// What keeps a question from being answered.
public enum PageError: Error, Hashable, Sendable {
  /// Nothing has this id.
  case unknown
  /// The question makes no sense: where, what, and what to do.
  case unclear(String)
  /// Too much is asked at once.
  case busy
  /// It took longer than it may.
  case tooLong
}
