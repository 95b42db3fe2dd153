import Core
import FoundationEssentials
import Text

extension Article {
  /// Normalises an entry: plain text, dates that can be; it has no name yet.
  init(
    _ entry: ParsedEntry, of document: ParsedFeed, in feed: Feed, _ dating: Dating, seen now: Date
  ) {
    self.init(id: ID(""), feed: feed.id, seen: now)
    url = entry.url.map(TrackingParameter.removed)
    authors = entry.authors.compactMap(Person.name)
    let content = entry.content.map { PlainText(html: $0, by: authors).text } ?? ""
    let summaryText = entry.summary.map { PlainText(html: $0, by: authors).text } ?? ""
    let whole = content.isEmpty ? summaryText : content
    text = whole.first(paragraphs: ParseLimits.text)
    isTruncated = entry.isTruncated || text.utf8.count < whole.utf8.count
    publisher = feed.publisher ?? entry.publisher ?? document.title
    language = entry.language ?? feed.language ?? document.language
    let header = takeHeader(entry, in: feed)
    title = entry.title ?? Self.firstSentence(text)
    summary = summaryText.isEmpty || summaryText == text ? nil : summaryText
    updated = entry.updatedAs.map(dating.moment) ?? entry.updated
    categories = entry.categories
    image = entry.image
    enclosures = entry.enclosures.map { Enclosure(url: $0.url, type: $0.type, length: $0.length) }
    let dated = dating.published(entry, header: header)
    (published, dateSource, publishedGiven) = (dated.date, dated.source, dated.given)
    fit()
    contentHash = hash(entry)
  }

  /// A record of the log takes 2 MiB: what is longer loses its summary, then the end of its text.
  mutating func fit() {
    let limit = ParseLimits.article
    while sizeBound > limit, size > limit {
      if summary != nil {
        summary = nil
      } else if text.utf8.count > 4_096 {
        text = text.first(bytes: text.utf8.count / 2)
        isTruncated = true
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

  /// Takes the header off the text; what it says fills what the feed left open.
  private mutating func takeHeader(_ entry: ParsedEntry, in feed: Feed) -> FeedDate? {
    let known = authors + [publisher].compactMap(\.self)
    guard let header = ArticleHeader(text, language: language, known: known) else { return nil }
    text = header.rest
    if authors.isEmpty { authors = header.authors }
    if feed.publisher == nil, entry.publisher == nil {
      publisher = header.publisher ?? publisher
    }
    return header.date
  }

  /// A digest of what counts as the article's content; what the moment of reading decides is left out.
  ///
  /// So the date goes in as it was written: neither a zone that is assumed nor a date that lies ahead
  /// may make an edit when time passes.
  private func hash(_ entry: ParsedEntry) -> String {
    let date = (entry.publishedAs ?? entry.updatedAs)?.moment(in: .open, nil)
    let parts =
      [title, text, summary ?? "", url ?? "", image ?? "", date.map(Timestamp.text) ?? ""]
      + authors + enclosures.map(\.url)
    return String(SHA256.hex(Array(parts.joined(separator: "\u{1f}").utf8)).prefix(32))
  }
}
