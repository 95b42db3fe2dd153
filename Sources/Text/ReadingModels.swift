/// What an article is read with beside the operator's words: lists and models of one version.
public struct ReadingModels: Sendable {
  public var names: NameFinder
  public var languages: LanguageReader
  /// Names the files that it is made of, so that readings of others can be told from its own.
  public var id: String

  public init(names: NameFinder, languages: LanguageReader, id: String) {
    (self.names, self.languages, self.id) = (names, languages, id)
  }
}
