import Text

/// Which part of each entry of a document names it.
///
/// Every entry is judged by itself: one that came without a guid must not give all the others new
/// names, for an article with a new name is news.
struct Identity {
  /// The parts that may name an entry, best first; the name of one is part of an article's id.
  enum Rung: String, Hashable, CaseIterable {
    case id
    case url
    case urlAndTitle = "url_title"
    case content
  }

  /// Keys that name nothing, since entries with several titles have them.
  private var shared: [Rung: Set<String>] = [:]

  init(of entries: [ParsedEntry]) {
    for rung in [Rung.id, .url] {
      var titles: [String: String] = [:]
      for entry in entries {
        guard let key = rung.key(of: entry) else { continue }
        let title = Words(entry.title ?? "").joined
        if titles[key] == nil { titles[key] = title }
        if titles[key] != title { shared[rung, default: []].insert(key) }
      }
    }
  }

  /// The first part that `entry` has and that is its own.
  func key(of entry: ParsedEntry) -> (rung: Rung, key: String) {
    for rung in Rung.allCases {
      guard let key = rung.key(of: entry), shared[rung]?.contains(key) != true else { continue }
      return (rung, key)
    }
    return (.content, "")
  }
}

extension Identity.Rung {
  fileprivate func key(of entry: ParsedEntry) -> String? {
    switch self {
    case .id: entry.id
    case .url: entry.url
    case .urlAndTitle: entry.url.map { $0 + "\n" + Words(entry.title ?? "").joined }
    case .content:
      Words((entry.title ?? "") + "\n" + (entry.summary ?? entry.content ?? "").first(bytes: 8_192))
        .joined.first(scalars: 200)
    }
  }
}
