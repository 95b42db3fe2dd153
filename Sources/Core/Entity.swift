/// A person, an organisation or a place that articles mention.
public struct Entity: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case person, organisation, place
  }

  /// A Wikidata id where there is one, else a name that stays.
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
  public var kind: Kind
  public var aliases: [Alias]

  public init(id: ID, name: String, kind: Kind, aliases: [Alias]) {
    self.id = id
    self.name = name
    self.kind = kind
    self.aliases = aliases
  }
}

/// A way to write an entity.
public struct Alias: Hashable, Sendable {
  /// A word or phrase, with the marks that rules know (`=Exact`, `prefix*`).
  public var text: String
  /// The language it belongs to; nil: any.
  public var language: String?

  public init(text: String, language: String? = nil) {
    self.text = text
    self.language = language
  }
}
