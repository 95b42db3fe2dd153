import Core
import Fetching
import FoundationEssentials
import Logging
import Parsing
import Projections

/// Entries that passed through a feed's window unseen.
extension FollowUp {
  /// Documents of older entries that follow each other.
  private static let documents = 10
  /// Sitemaps of an index that are looked into.
  private static let sitemaps = 3

  func older(
    after news: Archive.News, in parsed: ParsedFeed, from address: String, of feed: Feed
  ) -> [Errand] {
    let gap = news.events.lazy.compactMap { event -> Errand.Gap? in
      guard case .feedGapped(_, let from, let to, _) = event.fact else { return nil }
      return Errand.Gap(since: from, until: to)
    }.first
    guard let gap else { return [] }
    // A feed may not send us to strangers; its operator may.
    let own = parsed.older.flatMap { SiteKey.isSame($0, address) ? $0 : nil }
    let place = own ?? options[feed.id]?.olderEntries
    return place.map { [Errand(feed.id, to: $0, .older(gap))] } ?? []
  }

  func takeOlder(
    _ outcome: FetchOutcome, of feed: Feed, _ errand: Errand, in gap: Errand.Gap
  ) async throws -> [Errand] {
    guard case .document(let document) = outcome else {
      tell(of: errand, "cannot be had")
      return []
    }
    let read: (parsed: ParsedFeed, document: ReadDocument)
    do {
      read = try await Self.read(document, of: feed, in: gap, at: clock())
    } catch {
      tell(of: errand, "are in no document of entries: \(error)")
      return []
    }
    let news = read.document.isEmpty ? nil : try await recorder.record(read.document)
    tell(of: errand, "read: \(news?.new ?? 0) nobody knew")
    let pages = news.map { texts(of: $0, from: document.address, in: feed) } ?? []
    var next = gap
    next.found += news?.new ?? 0
    return allowed(pages) + following(read, next, in: feed, from: document.address)
  }

  /// Reads a document without keeping others from being read.
  @concurrent private static func read(
    _ document: Document, of feed: Feed, in gap: Errand.Gap, at now: Date
  ) async throws(FeedParseError) -> (parsed: ParsedFeed, document: ReadDocument) {
    let parsed = try ParsedFeed(document)
    return (parsed, ReadDocument(document, parsed, of: feed, in: gap, now: now))
  }

  /// The sitemaps of an index that may tell of the gap, else the document before this one; all of one site.
  private func following(
    _ read: (parsed: ParsedFeed, document: ReadDocument), _ gap: Errand.Gap, in feed: Feed,
    from address: String
  ) -> [Errand] {
    var gap = gap
    guard gap.depth < Self.documents else { return [] }
    let sitemaps = read.parsed.sitemaps.filter { $0.updated ?? .distantFuture > gap.since }
    // What an index names leads nowhere else, or each of three could name three again.
    gap.depth = sitemaps.isEmpty ? gap.depth + 1 : Self.documents
    let older = read.document.reachesBack ? nil : read.parsed.older
    let places = sitemaps.isEmpty ? [older].compactMap(\.self) : sitemaps.map(\.url)
    return places.prefix(Self.sitemaps).filter { SiteKey.isSame($0, address) }.map {
      Errand(feed.id, to: $0, .older(gap))
    }
  }

  private func tell(of errand: Errand, _ what: String) {
    logger.info(
      "Older entries \(what)",
      metadata: ["feed.id": "\(errand.feed)", "url": "\(errand.address)"])
  }
}
