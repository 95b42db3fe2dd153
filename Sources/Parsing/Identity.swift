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
    return keyed(in: feed, seen: now, zones: zones).map(\.article).filter {
      taken.insert($0.id).inserted
    }
  }

  /// All entries, with everything that may name them.
  public func keyed(in feed: Feed, seen now: Date, zones: ZoneNames? = nil) -> [KeyedArticle] {
    let dating = Dating(self, in: feed, seen: now, zones)
    var keyed = entries.map { entry in
      let article = Article(entry, of: self, in: feed, dating, seen: now)
      return KeyedArticle(article: article, keys: EntryKeys(of: article, entry))
    }
    let policy = feed.identity ?? IdentityPolicy.first(for: keyed.map(\.keys)) ?? .id
    for index in keyed.indices {
      keyed[index].article.id = keyed[index].keys.name(in: feed.id, by: policy)
    }
    return keyed
  }
}

extension EntryKeys {
  init(of article: Article, _ entry: ParsedEntry) {
    self.init(
      id: entry.id, address: article.url.map(AddressKey.of), title: Words(article.title).joined,
      content: ContentKey.of(title: article.title, text: article.text) + Self.day(of: entry))
  }

  /// What is said every day is another article every day; the moment of reading is no date.
  ///
  /// The day is that of the date as written: a zone assumed at one poll and not at the next, or a date
  /// that lies ahead and then behind, must not make another article.
  private static func day(of entry: ParsedEntry) -> String {
    guard let date = entry.publishedAs?.moment(in: .open, nil) else { return "" }
    return "\n" + Timestamp.text(date).prefix { $0 != "T" }
  }
}
