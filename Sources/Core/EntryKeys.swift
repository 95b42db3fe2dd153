/// What an entry of a feed may be known by; the feed's policy says which of it decides.
public struct EntryKeys: Hashable, Sendable {
  /// The entry's id, byte for byte as it came.
  public var id: String?
  /// The `AddressKey` of its address.
  public var address: String?
  /// The folded words of its title, with blanks between.
  public var title: String
  /// The beginning of title and text, folded, and the day of publication as far as the feed names one.
  public var content: String

  public init(id: String? = nil, address: String? = nil, title: String, content: String) {
    self.id = id
    self.address = address
    self.title = title
    self.content = content
  }

  /// The key that decides by `policy`; nil where the entry lacks a part of it.
  public func key(by policy: IdentityPolicy) -> String? {
    switch policy {
    case .id: id
    case .idAndAddress: id.flatMap { id in address.map { id + "\n" + $0 } }
    case .address: address
    case .addressAndTitle: address.map { $0 + "\n" + title }
    case .content: content
    }
  }

  /// The name of an article first seen in `feed` under `policy`.
  ///
  /// An entry that lacks a part is named by the first policy after it for which it has all: one without
  /// an id must not give all the others new names.
  public func name(in feed: Feed.ID, by policy: IdentityPolicy) -> Article.ID {
    let (rung, key) = deciding(by: policy)
    let parts = ["tidings/1", "article", feed.rawValue, rung.rawValue]
    // Nearly no key holds what parts the words of a digest.
    let word = key.utf8.contains(0) ? key.replacing("\0", with: "") : key
    return Article.ID(Digest(of: parts + [word]).description)
  }

  /// Every name that the article may have been given in `feed`.
  public func names(in feed: Feed.ID) -> Set<Article.ID> {
    Set(IdentityPolicy.allCases.map { name(in: feed, by: $0) })
  }

  func deciding(by policy: IdentityPolicy) -> (rung: IdentityPolicy, key: String) {
    for rung in IdentityPolicy.allCases where rung >= policy {
      if let key = key(by: rung) { return (rung, key) }
    }
    return (.content, content)
  }
}
