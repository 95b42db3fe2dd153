public import Core
public import FoundationEssentials
import Text

/// An entry as an article, and what it may be known by.
public struct KeyedArticle: Hashable, Sendable {
  public var article: Article
  public var keys: EntryKeys
}

extension ParsedFeed {
  /// The entries as articles of `feed`, seen at `now`, under the names that the first document of a feed
  /// gives them; an entry that stands twice comes once.
  ///
  /// The feed's own setting of its zone may be a name that `zones` knows.
  public func articles(in feed: Feed, seen now: Date, zones: ZoneNames? = nil) -> [Article] {
    var taken: Set<Article.ID> = []
    return keyed(in: feed, seen: now, zones: zones).map(\.article).filter { taken.insert($0.id).inserted }
  }

  /// All entries, with everything that may name them.
  public func keyed(in feed: Feed, seen now: Date, zones: ZoneNames? = nil) -> [KeyedArticle] {
    let dating = Dating(self, in: feed, seen: now, zones)
    var keyed = entries.map { entry in
      let article = Article(entry, of: self, in: feed, dating, seen: now)
      return KeyedArticle(article: article, keys: EntryKeys(of: article, id: entry.id))
    }
    let policy = feed.identity ?? IdentityPolicy.first(for: keyed.map(\.keys)) ?? .id
    for index in keyed.indices {
      keyed[index].article.id = keyed[index].keys.name(in: feed.id, by: policy)
    }
    return keyed
  }
}

extension EntryKeys {
  init(of article: Article, id: String?) {
    self.init(
      id: id, address: article.url.map(AddressKey.of), title: Words(article.title).joined,
      content: ContentKey.of(title: article.title, text: article.text) + Self.day(of: article))
  }

  /// What is said every day is another article every day; the moment of reading is no date.
  private static func day(of article: Article) -> String {
    guard [.feed, .feedZoneAssumed].contains(article.dateSource), let date = article.published
    else { return "" }
    return "\n" + Timestamp.text(date).prefix { $0 != "T" }
  }
}
