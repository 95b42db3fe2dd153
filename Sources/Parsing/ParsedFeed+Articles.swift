public import Core
public import FoundationEssentials
import Text

extension ParsedFeed {
  /// The entries as articles of `feed`, seen at `now`; an entry that stands twice comes once.
  public func articles(in feed: Feed, seen now: Date) -> [Article] {
    let identity = Identity(of: entries)
    var taken: Set<Article.ID> = []
    return entries.compactMap { entry in
      let article = Article(entry, of: self, in: feed, identity, seen: now)
      return taken.insert(article.id).inserted ? article : nil
    }
  }
}

extension Article {
  /// Normalises an entry: identity, plain text, dates that can be.
  init(
    _ entry: ParsedEntry, of document: ParsedFeed, in feed: Feed, _ identity: Identity,
    seen now: Date
  ) {
    let (rung, key) = identity.key(of: entry)
    let id = Digest(of: [
      "tidings/1", "article", feed.id.rawValue, rung.rawValue, key.replacing("\0", with: ""),
    ])
    self.init(id: ID(id.description), feed: feed.id, seen: now)
    url = entry.url
    let content = entry.content.map { PlainText(html: $0).text } ?? ""
    let summaryText = entry.summary.map { PlainText(html: $0).text } ?? ""
    text = (content.isEmpty ? summaryText : content).first(bytes: ParseLimits.text)
    summary = summaryText.isEmpty || summaryText == text ? nil : summaryText
    title = entry.title ?? Self.firstSentence(text)
    authors = entry.authors.compactMap(Person.name)
    publisher = feed.publisher ?? entry.publisher ?? document.title
    language = entry.language ?? feed.language ?? document.language
    updated = entry.updated
    categories = entry.categories
    image = entry.image
    enclosures = entry.enclosures.map { Enclosure(url: $0.url, type: $0.type, length: $0.length) }
    date(entry, now)
    fit()
    contentHash = hash
  }

  /// A record of the log takes 2 MiB: what is longer loses its summary, then the end of its text.
  private mutating func fit() {
    let limit = ParseLimits.article
    while sizeBound > limit, size > limit {
      if summary != nil {
        summary = nil
      } else if text.utf8.count > 4_096 {
        text = text.first(bytes: text.utf8.count / 2)
      } else if !enclosures.isEmpty {
        enclosures = Array(enclosures.prefix(enclosures.count / 2))
      } else {
        return
      }
    }
  }

  /// In bytes, as the log holds it.
  private var size: Int {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes.count
  }

  /// What `size` cannot be over: no byte takes more than six when it is escaped.
  private var sizeBound: Int {
    let short = [title, summary ?? "", url ?? "", image ?? "", publisher ?? "", language ?? ""]
    let media = enclosures.flatMap { [$0.url, $0.type ?? ""] }
    let bytes = ([text] + short + authors + categories + media).map(\.utf8.count).reduce(0, +)
    return 6 * bytes + 64 * enclosures.count + 2_048
  }

  private static func firstSentence(_ text: String) -> String {
    let sentence = text.prefix { !".!?\n。".contains($0) }
    return String(sentence.unicodeScalars.prefix(100))
  }

  /// The date of publication, and where it came from; one in the future becomes now.
  private mutating func date(_ entry: ParsedEntry, _ now: Date) {
    guard let given = entry.published ?? entry.updated, given.timeIntervalSince1970 >= 631_152_000
    else {
      (published, dateSource) = (now, .seen)
      return
    }
    if given > now.addingTimeInterval(600) {
      (published, dateSource) = (now, .clamped)
    } else {
      (published, dateSource) = (given, entry.published == nil ? .feedUpdated : .feed)
    }
  }

  /// A digest of what counts as the article's content; what the moment of reading decides is left out.
  private var hash: String {
    let dated = dateSource == .feed || dateSource == .feedUpdated
    let parts =
      [title, text, summary ?? "", url ?? "", dated ? published.map(Timestamp.text) ?? "" : ""]
      + authors + enclosures.map(\.url)
    return String(SHA256.hex(Array(parts.joined(separator: "\u{1f}").utf8)).prefix(32))
  }
}
