/// What an article must say to meet a rule.
///
/// The tree of a query as written; its description is a query that reads as the same tree.
public indirect enum Query: Hashable, Sendable {
  case all([Query])
  case any([Query])
  case not(Query)
  case near(Query, Nearness, Query)
  /// At least so many spans that do not overlap.
  case atLeast(Int, Query)
  case scoped(Field, Query)
  case filter(Filter, [String])
  /// Any entry of a list of the operator.
  case list(String)
  case term(Term)
  /// Words that together weigh enough.
  case weighed(Weighing)

  /// A part of an article that a clause may be bound to.
  public enum Field: String, Hashable, Sendable, CaseIterable { case title, summary, text }

  /// What a clause may ask of an article beside its words.
  public enum Filter: String, Hashable, Sendable, CaseIterable {
    case url, author, tag, lang, feed, publisher, entity, topic, story
  }

  /// How close two spans must be.
  public enum Nearness: Hashable, Sendable {
    /// At most so many words between; in order: the first stands first.
    case words(Int, inOrder: Bool)
    case sentence
    case paragraph
  }

  /// Words with weights: each counts once a place, up to a cap; their sum must reach a threshold.
  public struct Weighing: Hashable, Sendable {
    public struct Word: Hashable, Sendable {
      public var term: Term
      /// Below 0 for what speaks against.
      public var weight: Int
    }

    public var words: [Word] = []
    public var threshold = 1
    /// The places of a word that count at most.
    public var cap = 3
  }

  /// A word or phrase as written, with its marks.
  public struct Term: Hashable, Sendable {
    /// Without `=` and quotes.
    public var text: String
    public var isExact: Bool
    public var isQuoted: Bool

    public init(text: String, isExact: Bool = false, isQuoted: Bool = false) {
      self.text = text
      self.isExact = isExact
      self.isQuoted = isQuoted
    }
  }
}

extension Query: CustomStringConvertible {
  public var description: String {
    switch self {
    case .all(let parts): parts.map(\.grouped).joined(separator: " AND ")
    case .any(let parts): parts.map(\.grouped).joined(separator: " OR ")
    case .not(let part): "NOT " + part.grouped
    case .near(let a, let nearness, let b): "\(a.grouped) \(nearness) \(b.grouped)"
    case .atLeast(let count, let part): "ATLEAST/\(count)(\(part))"
    case .scoped(let field, let part):
      if case .term = part { "\(field.rawValue):\(part)" } else { "\(field.rawValue):(\(part))" }
    case .filter(let filter, let values):
      values.count == 1
        ? "\(filter.rawValue):\(Self.quoted(values[0]))"
        : "\(filter.rawValue):(\(values.map(Self.quoted).joined(separator: " OR ")))"
    case .list(let name): "list:\(name)"
    case .term(let term): term.description
    case .weighed(let weighing):
      "weights >= \(weighing.threshold): "
        + weighing.words.map { "\($0.term) \($0.weight)" }.joined(separator: ", ")
    }
  }

  /// In parentheses where it would otherwise be read apart.
  private var grouped: String {
    switch self {
    case .all, .any, .not, .near, .weighed: "(\(self))"
    default: description
    }
  }

  private static func quoted(_ value: String) -> String {
    let isBare =
      !value.isEmpty
      && value.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && !"()\"#".unicodeScalars.contains($0)
      } && !["AND", "OR", "NOT"].contains(value)
    return isBare ? value : "\"\(value)\""
  }
}

extension Query.Term: CustomStringConvertible {
  public var description: String {
    (isExact ? "=" : "") + (isQuoted ? "\"\(text)\"" : text)
  }
}

extension Query.Nearness: CustomStringConvertible {
  public var description: String {
    switch self {
    case .words(let count, let inOrder): "\(inOrder ? "ONEAR" : "NEAR")/\(count)"
    case .sentence: "SAME/sentence"
    case .paragraph: "SAME/paragraph"
    }
  }
}
