import Core
import Fetching
import FoundationEssentials
import Parsing
import Projections

/// A document that was read, on its way to be decided on.
struct ReadDocument: Sendable {
  /// Entries of a first document that may raise an alert.
  private static let firstPollLimit = 3
  /// Older than this when it turns up: no news.
  private static let oldest: TimeInterval = 7 * 86_400

  let feed: Feed
  /// When it was read.
  let now: Date
  private let document: Document
  private let parsed: ParsedFeed
  private let entries: [KeyedArticle]
  private let pace: Archive.Pace
  private let firstPoll: Configuration.FirstPoll
  /// Whether articles are wanted that left the feed early.
  private let asksAbsent: Bool
  /// When what is looked for passed unseen; nil for a document of the feed itself.
  private let gap: Errand.Gap?

  /// Makes articles of what was read at `now`; `pace` is what the polls before know.
  init(
    _ document: Document, _ parsed: ParsedFeed, of feed: Feed, pace: Archive.Pace,
    firstPoll: Configuration.FirstPoll, asksAbsent: Bool = false, now: Date
  ) {
    (self.document, self.parsed, self.feed) = (document, parsed, feed)
    (self.pace, self.firstPoll, self.now) = (pace, firstPoll, now)
    (self.asksAbsent, gap) = (asksAbsent, nil)
    entries = parsed.keyed(in: feed, seen: now, zones: SystemZones.names)
  }

  /// Makes articles of what a document from before the feed's window has of the time of `gap`.
  init(
    _ document: Document, _ parsed: ParsedFeed, of feed: Feed, in gap: Errand.Gap, now: Date
  ) {
    (self.document, self.parsed, self.feed) = (document, parsed, feed)
    (pace, firstPoll, self.now) = (Archive.Pace(), .alert, now)
    (asksAbsent, self.gap) = (false, gap)
    let isSitemap = parsed.format == "sitemap"
    entries = parsed.keyed(in: feed, seen: now, zones: SystemZones.names)
      .filter { $0.article.isDated(in: gap, isInSitemap: isSitemap) }
      .map { entry in
        var entry = entry
        // The address that names an entry there is none of the feed's own ids.
        if isSitemap { entry.keys.id = nil }
        return entry
      }
  }

  /// What the archive is asked, of a feed's first document or of another.
  func question(isFirst: Bool) -> Archive.Question {
    var question = Archive.Question(
      isFirst ? firstCandidates : laterCandidates, deleted: parsed.deleted.map(\.id), of: feed,
      scope: scope, pace: pace, at: now)
    question.asksAbsent = asksAbsent
    return question
  }

  private var scope: Archive.Scope {
    if let gap { return .older(found: gap.found) }
    return document.isPartial ? .delta : .window
  }

  /// The fact that it was fetched, and brought `news`; nil where it is no document of the feed itself.
  func fetched(_ news: Archive.News) -> Event? {
    if gap != nil { return nil }
    let revised = news.events.count { $0.kind == .articleRevised }
    let published = news.events.count { $0.kind == .articlePublished }
    return Event(
      at: now,
      .feedFetched(
        FeedFetch(
          feed: feed.id, url: document.address, bytes: document.body.count,
          sha256: SHA256.hex(document.body), format: parsed.format, entries: parsed.entries.count,
          published: published, revised: revised, title: parsed.title, home: parsed.home,
          language: parsed.language, identity: news.identity,
          isPartial: document.isPartial)))
  }

  /// What a feed's first document brings is its past, but for the few that the operator wants to see.
  private var firstCandidates: [Archive.Candidate] {
    var admitted = 0
    return entries.map { entry in
      var origin = Origin.backlog
      switch firstPoll {
      case .alert: origin = .live
      case .seed: break
      case .within(let duration):
        let article = entry.article
        if admitted < Self.firstPollLimit, article.dateSource == .feed,
          age(of: article) <= duration.seconds
        {
          admitted += 1
          origin = .live
        }
      }
      return Archive.Candidate(article: entry.article, keys: entry.keys, origin: origin)
    }
  }

  private var laterCandidates: [Archive.Candidate] {
    entries.map { entry in
      let isOld = age(of: entry.article) > Self.oldest
      return Archive.Candidate(
        article: entry.article, keys: entry.keys, origin: isOld ? .backlog : .live)
    }
  }

  /// Whether nothing in it is of the time that it is looked through for.
  var isEmpty: Bool { entries.isEmpty }

  /// Whether it goes back to what was seen before that time, so that none before it is wanted.
  ///
  /// Three entries must say so, or all, for one old entry is often pinned to its place.
  var reachesBack: Bool {
    guard let gap else { return false }
    let before = parsed.entries.count { ($0.published ?? $0.updated ?? now) <= gap.border }
    return before >= min(3, parsed.entries.count)
  }

  private func age(of article: Article) -> TimeInterval {
    now.timeIntervalSince(article.published ?? now)
  }
}

extension Errand.Gap {
  /// What polls last saw may have been held back for an hour.
  fileprivate var border: Date { since - 3_600 }
}

extension Article {
  /// Whether its feed dates it into `gap`.
  ///
  /// Sitemaps date the last change of any page: what is news there has a title and a date of its own.
  fileprivate func isDated(in gap: Errand.Gap, isInSitemap: Bool) -> Bool {
    guard let published, dateSource != .seen, dateSource != .clamped else { return false }
    if isInSitemap, title.isEmpty || dateSource == .feedUpdated { return false }
    return published > gap.border && published <= gap.until
  }
}
