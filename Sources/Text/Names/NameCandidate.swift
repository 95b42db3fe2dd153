/// A run of tokens that may be a name.
struct NameCandidate: Hashable, Sendable {
  enum Evidence: Int, Comparable, Sendable {
    /// Capitals and a clue.
    case clue
    /// A token of a full name elsewhere in the article.
    case vote
    case tagger
    case gazetteer
    case given

    static func < (a: Evidence, b: Evidence) -> Bool { a.rawValue < b.rawValue }
  }

  var tokens: Range<Int>
  var kind: NameKind
  var evidence: Evidence
  /// The alias of a gazetteer, the first of those written alike.
  var alias: Int?
  /// Entity and name, where they are known.
  var entity: String?
  var name: String?
}
