/// A standing subject that articles belong to.
public struct Topic: Hashable, Sendable {
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var rawValue: String

    public init(_ rawValue: String) {
      self.rawValue = rawValue
    }

    public var description: String { rawValue }

    public static func < (a: ID, b: ID) -> Bool { a.rawValue < b.rawValue }
  }

  public var id: ID
  public var name: String
  /// The query whose matches belong to the topic.
  public var match: String

  public init(id: ID, name: String, match: String) {
    self.id = id
    self.name = name
    self.match = match
  }
}
