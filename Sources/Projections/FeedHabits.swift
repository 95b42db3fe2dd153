import Core
import FoundationEssentials

/// What the documents of a feed were like so far, by which the next one is judged.
struct FeedHabits {
  /// More new entries than this at once may be a surge, whatever the feed.
  private static let quiet = 20
  /// Fewer entries than this tell nothing of a window.
  private static let leastWindow = 3

  /// When a document last brought something.
  let lastNews: Date
  /// Entries in it.
  let window: Int
  /// How many polls brought how many new articles, most first.
  let news: [(published: Int, polls: Int)]

  /// Whether `events`, with as many before them, publish far more at once than the feed is used to.
  func isSurge(_ events: [Event], after others: Int = 0) -> Bool {
    others + events.count { $0.isLive } > max(Self.quiet, 5 * percentile99)
  }

  /// The number of new articles that 99 of 100 polls with news did not exceed; 0 without any.
  var percentile99: Int {
    let polls = news.reduce(0) { $0 + $1.polls }
    var above = 0
    for (published, count) in news {
      above += count
      if above * 100 > polls { return published }
    }
    return 0
  }

  /// The fact that entries may have passed unseen: nothing in the document was in the last one.
  ///
  /// Where all that is new is old, an archive was put into the feed.
  func gap(
    of feed: Feed.ID, before document: Window, _ pace: Archive.Pace, _ now: Date
  ) -> Event? {
    guard window >= Self.leastWindow, document.entries >= Self.leastWindow,
      document.new == document.entries, document.news.contains(where: \.isRecent)
    else { return nil }
    let last = max(lastNews, pace.lastSeen ?? lastNews)
    guard last < now else { return nil }
    let expected = pace.rate * now.timeIntervalSince(last) / 86_400
    let missed = max(0, (expected - Double(document.entries)).rounded())
    return Event(
      at: now, .feedGapped(feed, from: last, to: now, missedEstimate: Int(min(missed, 1_000_000))))
  }
}

/// A document as it is compared with the one before.
struct Window {
  var entries: Int
  /// Entries that the feed did not show before.
  var new: Int
  /// What it brought.
  var news: [Event]
}

extension Event {
  /// Whether it publishes an article that is news.
  var isLive: Bool {
    if case .articlePublished(_, .live) = fact { true } else { false }
  }

  /// Whether it tells of an article that is no backlog.
  var isRecent: Bool {
    switch fact {
    case .articlePublished(_, let origin): origin != .backlog
    case .articleSighted: true
    default: false
    }
  }

  /// The same, an article that is news being one of too many at once.
  var ofSurge: Event {
    guard case .articlePublished(let article, .live) = fact else { return self }
    return Event(at: at, .articlePublished(article, .surge))
  }
}
