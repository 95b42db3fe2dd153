/// The language of an article, how sure that is, and what decided it.
public struct LanguageAnswer: Hashable, Sendable {
  public enum Evidence: String, Hashable, Sendable {
    /// What entry, feed or header declared.
    case declared
    /// Letters that only this language has.
    case script
    /// Words and parts of words.
    case words
    /// What else its feed writes.
    case history
    /// Too little is there to tell.
    case none
  }

  /// A primary code; `und` where nothing tells.
  public var code: String
  /// From 0 to 1.
  public var confidence: Double
  public var evidence: Evidence
  /// The likeliest as words and declarations have them, as log-odds; none where nothing can change the answer.
  var candidates: [Candidate] = []
  /// Whether it is Indonesian or Malay, and nothing tells which.
  var isMalayOpen = false

  struct Candidate: Hashable, Sendable {
    var code: String
    var odds: Double
  }

  static let unknown = LanguageAnswer(code: "und", confidence: 0, evidence: .none)
}
