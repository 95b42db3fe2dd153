/// Lines that stand in an article's body and are not its text.
///
/// They name people and places of other articles, or its author once more; a watcher would take them for
/// what the article tells.
struct Boilerplate {
  /// The authors, folded.
  private let authors: Set<String>

  init(authors: [String]) {
    self.authors = Set(authors.map { Words($0).joined }.filter { !$0.isEmpty })
  }

  /// Whether a line is boilerplate, by all of it and by what stands in it outside of links.
  func holds(_ line: ArraySlice<UInt8>, unlinked: ArraySlice<UInt8>) -> Bool {
    // Most paragraphs are longer than any of this, and are not looked at.
    guard line.count <= 240 || unlinked.count <= 80 else { return false }
    let words = Words(String(decoding: line, as: UTF8.self)).joined
    guard !words.isEmpty else { return false }
    return isInset(words, unlinked) || isCredit(words) || isShare(words) || isByline(words)
  }

  /// A link to another article behind words that say so, or those words alone.
  private func isInset(_ words: String, _ unlinked: ArraySlice<UInt8>) -> Bool {
    guard let mark = Self.insets.first(where: { words.hasPrefix($0) }) else { return false }
    let outside = Words(String(decoding: unlinked, as: UTF8.self)).joined
    return words == mark || outside.isEmpty || outside == mark
  }

  /// `The post … appeared first on …`, in the languages WordPress writes it.
  private func isCredit(_ words: String) -> Bool {
    Self.credits.contains { words.hasPrefix($0.start) && words.contains($0.middle) }
  }

  /// A short line of words to share by.
  private func isShare(_ words: String) -> Bool {
    let all = words.split(separator: " ")
    guard all.count <= 14, Self.shares.contains(where: { words.hasPrefix($0) }) else {
      return false
    }
    return all.allSatisfy { Self.shareWords.contains(String($0)) }
  }

  /// An author's name alone, or behind `by` and its like.
  private func isByline(_ words: String) -> Bool {
    if authors.contains(words) { return true }
    for byword in Self.bywords where words.hasPrefix(byword + " ") {
      if authors.contains(String(words.dropFirst(byword.count + 1))) { return true }
    }
    return false
  }

  // MARK: Words, folded as those of the line are

  private static func folded(_ lines: String) -> [String] {
    lines.split(separator: "\n").map { Words(String($0)).joined }
  }

  private static let insets = folded(
    """
    Baca juga
    Simak juga
    Lihat juga
    Tonton juga
    Read also
    Also read
    See also
    Lire aussi
    À lire aussi
    Lesen Sie auch
    Lees ook
    Leia também
    Lea también
    Lee también
    Leggi anche
    Читайте также
    Читайте також
    Ayrıca oku
    اقرأ أيضا
    相关阅读
    """)

  private static let credits: [(start: String, middle: String)] = [
    ("The post", "appeared first on"), ("The article", "appeared first on"),
    ("Pos", "pertama kali tampil pada"), ("Artikel", "pertama kali tampil pada"),
    ("L’article", "est apparu en premier sur"), ("Der Beitrag", "erschien zuerst auf"),
    ("Het bericht", "verscheen eerst op"), ("La entrada", "primero en"),
    ("O post", "apareceu primeiro em"), ("L’articolo", "proviene da"), ("Сообщение", "сначала на"),
  ].map { (Words($0).joined, " " + Words($1).joined) }

  private static let shares = folded(
    """
    Share
    Bagikan
    Sebarkan
    Tweet
    Partager
    Teilen
    Compartir
    Compartilhe
    Condividi
    Поделиться
    شارك
    分享
    """)

  /// Nothing but these may stand in such a line.
  private static let shareWords = Set(
    Words(
      """
      Share this article story post on via to with by and or Bagikan berita artikel ini ke di melalui Sebarkan
      Tweet Partager cet article sur Teilen auf Compartir en Compartilhe no Condividi su Поделиться в شارك 分享 到
      Facebook Twitter X WhatsApp Telegram LinkedIn Email Mail E Pinterest Reddit Line Copy Link Print Instagram
      Threads Bluesky Mastodon Messenger Pocket Tumblr Viber VK Weibo WeChat
      """
    ).joined.split(separator: " ").map(String.init))

  private static let bywords = folded(
    """
    by
    oleh
    par
    von
    por
    di
    от
    بقلم
    penulis
    reporter
    pewarta
    laporan
    author
    written by
    text by
    """)
}
