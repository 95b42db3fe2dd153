import Core
import Fetching
import FoundationEssentials
import Logging
import Parsing
import Projections

/// Entries that passed through a feed's window unseen.
extension FollowUp {
  /// Documents of older entries that are asked for after one gap.
  private static let documents = 10
  /// Sitemaps of an index that are looked into.
  private static let sitemaps = 3

  func older(
    after news: Archive.News, in parsed: ParsedFeed, from address: String, of feed: Feed
  ) -> [Errand] {
    let gap = news.events.lazy.compactMap { event -> Date? in
      if case .feedGapped(_, let from, _, _) = event.fact { from } else { nil }
    }.first
    guard let gap else { return [] }
    // A feed may not send us to strangers; its operator may.
    let own = parsed.older.flatMap { SiteKey.isSame($0, address) ? $0 : nil }
    let place = own ?? options[feed.id]?.olderEntries
    return place.map { [Errand(feed.id, to: $0, .older(since: gap, page: 1))] } ?? []
  }

  func takeOlder(
    _ outcome: FetchOutcome, of feed: Feed, _ errand: Errand, since gap: Date, page: Int
  ) async throws -> [Errand] {
    guard case .document(let document) = outcome else {
      tell(of: errand, "cannot be had")
      return []
    }
    let parsed: ParsedFeed
    do {
      parsed = try ParsedFeed(
        parsing: document.body, base: document.address, contentType: document.contentType,
        contentLanguage: document.contentLanguage, zones: SystemZones.names)
    } catch {
      tell(of: errand, "are in no document of entries: \(error)")
      return []
    }
    let read = ReadDocument(document, parsed, of: feed, since: gap, now: clock())
    let news = read.isEmpty ? nil : try await recorder.record(read)
    tell(of: errand, "read: \(news?.new ?? 0) nobody knew")
    let pages = news.map { texts(of: $0, from: document.address, in: feed) } ?? []
    guard page < Self.documents else { return allowed(pages) }
    let next = next(parsed, read, since: gap).filter { SiteKey.isSame($0, document.address) }
    return allowed(pages)
      + next.map { Errand(feed.id, to: $0, .older(since: gap, page: page + 1)) }
  }

  /// The sitemaps of an index that may tell of the time since `gap`, else the document before this one.
  private func next(_ parsed: ParsedFeed, _ read: ReadDocument, since gap: Date) -> [String] {
    guard parsed.sitemaps.isEmpty else {
      let recent = parsed.sitemaps.filter { $0.updated ?? .distantFuture > gap }
      return recent.prefix(Self.sitemaps).map(\.url)
    }
    return read.reachesBack ? [] : [parsed.older].compactMap(\.self)
  }

  private func tell(of errand: Errand, _ what: String) {
    logger.info(
      "Older entries \(what)",
      metadata: ["feed.id": "\(errand.feed)", "url": "\(errand.address)"])
  }
}
