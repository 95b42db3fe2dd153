public import Core
public import FoundationEssentials

/// One entity: how it is written, when, where and with whom it was mentioned, and what people said of it.
public struct EntityPortrait: Hashable, Sendable {
  /// A way in which articles write it.
  public struct Form: Hashable, Sendable {
    public var text: String
    /// How it was found: an alias of the operator or of a list, the tagger, a clue.
    public var via: String
    public var first: Date
    public var articles: Int

    /// Who says that it means the entity: operator, a list and its source, or what was learned.
    public var said: String {
      switch via {
      case "alias": "operator"
      case _ where via.hasPrefix("alias "): "list " + via.dropFirst("alias ".count)
      default: "learned " + via
      }
    }
  }

  /// Who mentions it: a publisher, else a feed.
  public struct Teller: Hashable, Sendable {
    public var source: String
    public var articles: Int
  }

  /// A story that articles with it tell.
  public struct Told: Hashable, Sendable {
    public var story: Story.ID
    public var title: String
    public var articles: Int
  }

  /// An article that mentions it, and what says that it does.
  public struct Place: Hashable, Sendable {
    public var article: Article.ID
    public var title: String
    public var seen: Date
    public var text: String
    public var via: String
    /// Names the lists and models; nil where the operator's words said it.
    public var model: String?
  }

  /// What a person said of it.
  public struct Word: Hashable, Sendable {
    /// merged, split, alias or no alias.
    public var word: String
    /// Another entity, or an alias.
    public var other: String
    public var by: String
    public var note: String?
    public var at: Date
  }

  public var count: MentionCount
  /// As configured, JSON.
  public var aliases: String
  public var forms: [Form]
  /// Oldest first.
  public var days: [DayCount]
  /// Of its newest articles.
  public var together: [MentionCount]
  public var tellers: [Teller]
  public var stories: [Told]
  public var places: [Place]
  public var words: [Word]
}
