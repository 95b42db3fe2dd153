import Core

/// What documents decided on together claim for themselves, so that none of them is decided on as if the
/// others were not there.
///
/// Beyond its own feed an entry is looked up by its address alone; so two documents of different feeds
/// that share no address at which one of them brings an article are decided on as if one came after the
/// other.
struct Claims {
  private var feeds: Set<Feed.ID> = []
  private var addresses: Set<String> = []

  /// Whether `document` may mean an article that another brings, or is of the same feed.
  func concern(_ document: Archive.Question) -> Bool {
    if feeds.contains(document.feed.id) { return true }
    guard !addresses.isEmpty else { return false }
    return document.candidates.contains { candidate in
      candidate.keys.address.map(addresses.contains) ?? false
    }
  }

  /// Notes what a document brings.
  mutating func note(_ news: Archive.News, of document: Archive.Question) {
    feeds.insert(document.feed.id)
    for event in news.events {
      switch event.fact {
      case .articlePublished(let article, _), .articleRevised(let article, _):
        if let url = article.url { addresses.insert(AddressKey.of(url)) }
      default: break
      }
    }
  }
}
