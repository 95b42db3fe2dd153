/// What names are found with beside the operator's words: lists and models of one version.
public struct ReadingModels: Sendable {
  public var names: NameFinder
  /// Names the files that it is made of, so that readings of others can be told from its own.
  public var id: String

  public init(names: NameFinder, id: String) {
    (self.names, self.id) = (names, id)
  }
}
