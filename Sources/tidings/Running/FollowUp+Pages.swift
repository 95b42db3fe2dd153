import Core
import Curl
import EventLog
import Fetching
import FoundationEssentials
import Logging
import Parsing
import Projections

/// The pages of articles: whether they are gone, and what stands on them.
extension FollowUp {
  /// Pages asked for after one document.
  private static let pages = 10
  /// Seconds after which the page of an article is looked at again; sooner if it was missing, to be sure.
  private static let day: TimeInterval = 86_400
  private static let hour: TimeInterval = 3_600
  /// Unicode scalars below which a feed has only the beginning of a text.
  private static let short = 600

  // MARK: What to ask for

  /// The pages of what is news and short, on the feed's own site.
  func texts(of news: Archive.News, from address: String, in feed: Feed) -> [Errand] {
    guard options[feed.id]?.readsPages == true else { return [] }
    var errands: [Errand] = []
    for event in news.events where errands.count < Self.pages {
      let article: Article
      switch event.fact {
      case .articlePublished(let new, .live), .articleRevised(let new, _): article = new
      default: continue
      }
      guard article.text.unicodeScalars.count < Self.short, let url = article.url,
        SiteKey.isSame(url, address)
      else { continue }
      errands.append(Errand(feed.id, to: url, .text(article.id, revision: article.revision)))
    }
    return errands
  }

  /// The pages of articles that left the feed: each once a day, and again after an hour where it was missing.
  func presence(of absent: [Article], in feed: Feed) throws -> [Errand] {
    guard options[feed.id]?.verifiesGone == true else { return [] }
    self.absent[feed.id] = Set(absent.map(\.id))
    var errands: [Errand] = []
    for article in absent where errands.count < Self.pages {
      guard let address = article.url, try mayAsk(article.id) else { continue }
      errands.append(
        Errand(feed.id, to: address, .presence(article.id, revision: article.revision)))
    }
    return errands
  }

  /// Whether the page of an article may be asked for; then it counts as asked for.
  private func mayAsk(_ article: Article.ID) throws -> Bool {
    let (now, last) = (clock(), try state.visit(of: article))
    if let last {
      let wait = last.wasMissing ? Self.hour : Self.day
      guard !(0..<wait).contains(now.timeIntervalSince(last.at)) else { return false }
    }
    let wasMissing = last?.wasMissing ?? false
    try state.note(StateStore.PageVisit(at: now, wasMissing: wasMissing), of: article)
    return true
  }

  // MARK: What came

  /// An article is gone if its page is missing twice: servers that stand for each other do not always agree.
  func takePresence(
    _ outcome: FetchOutcome, of article: Article.ID, _ revision: Int, in feed: Feed
  ) async throws {
    guard absent[feed.id]?.contains(article) == true else { return }
    let now = clock()
    var isMissing = false
    if case .failed(let failure) = outcome {
      isMissing = failure.kind == .notFound || failure.kind == .gone
    }
    let wasMissing = try state.visit(of: article)?.wasMissing ?? false
    try state.note(StateStore.PageVisit(at: now, wasMissing: isMissing), of: article)
    guard isMissing, wasMissing else { return }
    try await record(
      Event(at: now, .articleWithdrawn(article, revision: revision, .gone)), in: feed,
      ifStill: revision, of: article)
  }

  func takeText(
    _ outcome: FetchOutcome, of id: Article.ID, _ revision: Int, from address: String,
    in feed: Feed
  ) async throws {
    guard case .document(let document) = outcome, SiteKey.isSame(document.address, address),
      allows(document.address), let article = try archive.article(id)?.article,
      let page = await Self.read(document, of: article),
      page.text.utf8.count > article.text.utf8.count
    else { return }
    let now = clock()
    let edit = Revision(previous: article.revision, changed: ["text"], isDeclared: true)
    try await record(
      Event(at: now, .articleRevised(article.with(page, seen: now), edit)), in: feed,
      ifStill: revision, of: id)
  }

  /// Reads a page without keeping others from being read.
  @concurrent private static func read(_ document: Document, of article: Article) async -> PageText?
  {
    PageText(html: document.body, contentType: document.contentType, of: article)
  }

  /// Records a fact of an article that is still what it was when its page was asked for.
  private func record(
    _ event: Event, in feed: Feed, ifStill revision: Int, of id: Article.ID
  ) async throws {
    try await projector.catchUp()
    guard let (article, seen) = try archive.article(id), article.revision == revision else {
      return
    }
    do {
      try await log.append(
        [event], to: .feed(feed.id.rawValue), at: event.at, ifUnchangedSince: seen)
    } catch EventLogError.changed {
      logger.debug("A page came too late", metadata: ["article.id": "\(id)"])
    } catch EventLogError.refused(let reason) {
      logger.warning(
        "A page is not recorded", metadata: ["article.id": "\(id)", "reason": "\(reason)"])
    }
  }
}
