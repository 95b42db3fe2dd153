/// What an article is about, and what its title says.
public struct StoryVectors: Hashable, Sendable {
  /// The terms by which stories are found: the heaviest, and those of the title.
  private static let keys = (heaviest: 12, title: 20)
  /// Of two in different languages only names and numbers are the same, so what they share counts double.
  private static let acrossLanguages: Float = 2
  /// What texts must share before their titles count.
  private static let leastShared: Float = 0.05

  public var text: TermVector
  public var title: TermVector
  /// Empty where it is not known.
  public var language: String

  public init(text: TermVector, title: TermVector, language: String) {
    (self.text, self.title, self.language) = (text, title, language)
  }

  /// How much two have in common: from 0 to 1 in one language, to 2 across two.
  func likeness(_ other: StoryVectors) -> Float {
    likeness(toSum: other, in: [other.language])
  }

  /// The same with the sum of a story that has articles in `languages`.
  func likeness(toSum sum: StoryVectors, in languages: [String]) -> Float {
    let shared = text.cosine(sum.text)
    guard languages.contains(language) else {
      return Self.acrossLanguages * (0.8 * shared + 0.2 * title.cosine(sum.title))
    }
    // A column that has the same title every day tells something else each time.
    return 0.8 * shared + (shared < Self.leastShared ? 0 : 0.2 * title.cosine(sum.title))
  }

  mutating func add(_ other: StoryVectors) {
    text.add(other.text)
    title.add(other.title)
  }

  /// The terms by which stories are found, each once.
  public var keys: [(term: UInt64, weight: Float)] {
    let heaviest = text.heaviest(Self.keys.heaviest)
    let known = Set(heaviest.map(\.term))
    return heaviest + title.heaviest(Self.keys.title).filter { !known.contains($0.term) }
  }
}
