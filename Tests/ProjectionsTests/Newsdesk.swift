import Core
import EventLog
import Foundation
import Testing
import Text

@testable import Projections

/// Feeds whose documents are put into a log one after the other, as the daemon does it.
final class Newsdesk {
  let archived: Archived
  let views: Views
  let archive: Archive
  var feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
  /// A minute later with each document.
  var now = Archived.now

  init() async throws {
    archived = try Archived()
    for feed in ["wire", "other"] {
      try await archived.append(
        .feedFollowed(Feed(id: Feed.ID(feed), url: "https://n.example/\(feed)"), by: "test"))
    }
    views = try await archived.views()
    archive = Archive(views)
  }

  /// An entry of `id|url|title|text`; what is empty it lacks.
  func entry(_ line: String, published: Date? = nil, origin: Origin = .live) -> Archive.Candidate {
    let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let text = parts.count > 3 ? parts[3] : ""
    var article = Article(
      id: Article.ID(""), feed: feed.id, url: parts[1].isEmpty ? nil : parts[1], title: parts[2],
      text: text, published: published, seen: now, dateSource: published == nil ? .seen : .feed)
    article.contentHash = Digest(of: [article.url ?? "", article.title, text]).description
    let keys = EntryKeys(
      id: parts[0].isEmpty ? nil : parts[0], address: article.url.map(AddressKey.of),
      title: Words(article.title).joined, content: ContentKey.of(title: parts[2], text: text))
    return Archive.Candidate(article: article, keys: keys, origin: origin)
  }

  /// Takes a document in; returns the facts it brought.
  @discardableResult
  func poll(
    _ entries: [Archive.Candidate], pace: Archive.Pace = Archive.Pace()
  ) async throws -> [Event.Fact] {
    try await take(Archive.Question(entries, of: feed, pace: pace, at: now)).events.map(\.fact)
  }

  /// Takes a document in; returns what is news in it.
  func take(_ question: Archive.Question) async throws -> Archive.News {
    let entries = question.candidates
    let news = try #require(try archive.news(in: [question]).first ?? nil)
    let fetch = FeedFetch(
      feed: feed.id, url: feed.url, bytes: 1, sha256: "0", format: "rss2", entries: entries.count,
      published: news.events.count { $0.kind == .articlePublished }, revised: 0,
      identity: news.identity)
    let events = news.events + (news.events.isEmpty ? [] : [Event(at: now, .feedFetched(fetch))])
    if !events.isEmpty {
      try await archived.log.append(events, to: .feed(feed.id.rawValue), at: now)
    }
    try await archived.fold(views)
    now += 60
    return news
  }

  @discardableResult
  func poll(_ lines: String...) async throws -> [Event.Fact] {
    try await poll(lines.map { entry($0) })
  }

  var identity: String? {
    get throws {
      try views.feedHealth().first { $0.feed.id == feed.id }?.identity?.rawValue
    }
  }
}

extension [Event.Fact] {
  /// What the facts say, in short.
  var told: [String] {
    map { fact in
      switch fact {
      case .feedRekeyed(_, let from, let to, _): "\(from) to \(to)"
      case .articlePublished(let article, .live): "new \(article.title)"
      case .articlePublished(let article, let origin): "\(origin.rawValue) \(article.title)"
      case .articleRevised(let article, _): "edit \(article.title)"
      case .articleSighted: "sighted"
      case .articleWithdrawn(_, _, let reason): "withdrawn \(reason.rawValue)"
      default: "\(fact)"
      }
    }
  }
}
