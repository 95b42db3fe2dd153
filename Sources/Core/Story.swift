/// Articles of several publishers on one happening.
public struct Story: Hashable, Sendable {
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var rawValue: String

    public init(_ rawValue: String) {
      self.rawValue = rawValue
    }

    public var description: String { rawValue }

    public static func < (a: ID, b: ID) -> Bool { a.rawValue < b.rawValue }
  }

  public var id: ID
  /// In the order they were seen.
  public var articles: [Article.ID]

  public init(id: ID, articles: [Article.ID]) {
    self.id = id
    self.articles = articles
  }
}
