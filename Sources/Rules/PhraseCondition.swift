import Core
import FoundationEssentials

/// When a phrase counts that does not always: an alias with a context, an entry of a list that ends.
struct PhraseCondition: Hashable, Sendable {
  /// It counts in articles seen before.
  var until: Date?
  /// Phrases of which the article has one; empty: none is needed.
  var context: [Int] = []

  func holds(at seen: Date, among hits: Set<Int>) -> Bool {
    if let until, seen >= until { return false }
    return context.isEmpty || context.contains(where: hits.contains)
  }
}

/// Something in a configuration that ends.
struct Expiring: Hashable, Sendable {
  var place: Place
  /// `'kuis' of list quiz`.
  var what: String
  /// Where it stands, by which alerts of it are told apart: `list: quiz`.
  var owner: [String: String]
  var until: Date

  /// When it is told of, in seconds since 1970.
  var notice: Double { until.timeIntervalSince1970 - Rule.expiryNotice }

  /// What tells it from others, and from itself with another end.
  var key: String { "\(what) \(Timestamp.text(until))" }

  var words: String { "\(what) is off from \(Timestamp.text(until))" }
}
