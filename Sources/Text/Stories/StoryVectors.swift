/// What an article is about, and what its title says.
public struct StoryVectors: Hashable, Sendable {
  /// The terms by which stories are found: the heaviest, and those of the title.
  private static let keys = (heaviest: 12, title: 20)
  /// Of two in different languages only names and numbers are the same, so what they share counts double.
  private static let acrossLanguages: Float = 2

  public var text: TermVector
  public var title: TermVector
  /// Empty where it is not known.
  public var language: String

  public init(text: TermVector, title: TermVector, language: String) {
    (self.text, self.title, self.language) = (text, title, language)
  }

  /// How much two have in common: from 0 to 1 in one language, to 2 across two.
  func likeness(_ other: StoryVectors) -> Float {
    cosine(other) * (language == other.language ? 1 : Self.acrossLanguages)
  }

  /// The same with the sum of a story that has articles in `languages`.
  func likeness(toSum sum: StoryVectors, in languages: [String]) -> Float {
    cosine(sum) * (languages.contains(language) ? 1 : Self.acrossLanguages)
  }

  private func cosine(_ other: StoryVectors) -> Float {
    0.8 * text.cosine(other.text) + 0.2 * title.cosine(other.title)
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
