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
  /// Seconds after which the page of an article, or what a site allows, may be asked for again.
  private static let day: TimeInterval = 86_400
  /// Articles and sites that are remembered to have been asked for.
  private static let remembered = 100_000
  /// Unicode scalars below which a feed has only the beginning of a text.
  private static let short = 600
  /// Pages that wait for what their site allows.
  private static let waiting = 100

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

  /// The pages of articles that left the feed, each once a day.
  func presence(of absent: [Article], in feed: Feed) -> [Errand] {
    var errands: [Errand] = []
    for article in absent where errands.count < Self.pages {
      guard let address = article.url, mayAsk(article.id) else { continue }
      errands.append(
        Errand(feed.id, to: address, .presence(article.id, revision: article.revision)))
    }
    return errands
  }

  /// Whether the page of an article was not asked for today; then it counts as asked for.
  private func mayAsk(_ article: Article.ID) -> Bool {
    let now = clock()
    if let last = asked[article], now.timeIntervalSince(last) < Self.day { return false }
    if asked.count >= Self.remembered {
      asked = asked.filter { now.timeIntervalSince($0.value) < Self.day }
    }
    guard asked.count < Self.remembered else { return false }
    asked[article] = now
    return true
  }

  // MARK: What sites allow

  /// Those of `errands` to pages that their sites allow; of sites that were not asked it is asked first.
  func allowed(_ errands: [Errand]) -> [Errand] {
    let now = clock()
    if robots.count >= Self.remembered {
      robots = robots.filter { now.timeIntervalSince($0.value.at) < Self.day }
    }
    return errands.compactMap { errand -> Errand? in
      guard let address = try? HTTPAddress(errand.address) else { return nil }
      if let known = robots[address.origin], now.timeIntervalSince(known.at) < Self.day {
        if let rules = known.rules { return rules.allows(address.target) ? errand : nil }
        if known.waiting.count < Self.waiting { robots[address.origin]?.waiting.append(errand) }
        return nil
      }
      robots[address.origin] = Robots(at: now, waiting: [errand])
      return Errand(errand.feed, to: address.origin + "/robots.txt", .robots)
    }
  }

  /// Lets go on what waited for the answer, as far as it is allowed.
  func takeRobots(_ outcome: FetchOutcome, from address: String) -> [Errand] {
    guard let origin = (try? HTTPAddress(address))?.origin, let known = robots[origin] else {
      return []
    }
    let rules = RobotsRules(outcome)
    robots[origin] = Robots(rules: rules, at: known.at)
    return known.waiting.filter { errand in
      (try? HTTPAddress(errand.address)).map { rules.allows($0.target) } ?? false
    }
  }

  // MARK: What came

  func takePresence(
    _ outcome: FetchOutcome, of article: Article.ID, _ revision: Int, in feed: Feed
  ) async throws {
    guard case .failed(let failure) = outcome, failure.kind == .notFound || failure.kind == .gone
    else { return }
    try await record(article, revision, in: feed) { _, now in
      Event(at: now, .articleWithdrawn(article, revision: revision, .gone))
    }
  }

  func takeText(
    _ outcome: FetchOutcome, of article: Article.ID, _ revision: Int, from address: String,
    in feed: Feed
  ) async throws {
    guard case .document(let document) = outcome else { return }
    try await record(article, revision, in: feed) { old, now in
      guard
        let page = PageText(
          html: document.body, contentType: document.contentType, title: old.title,
          by: old.authors), page.text.utf8.count > old.text.utf8.count
      else { return nil }
      let edit = Revision(previous: old.revision, changed: ["text"], isDeclared: true)
      return Event(at: now, .articleRevised(old.with(page, seen: now), edit))
    }
  }

  /// Records a fact of an article that is still what it was when its page was asked for.
  private func record(
    _ id: Article.ID, _ revision: Int, in feed: Feed, _ fact: (Article, Date) -> Event?
  ) async throws {
    try await projector.catchUp()
    let now = clock()
    guard let (article, seen) = try archive.article(id), article.revision == revision,
      let event = fact(article, now)
    else { return }
    do {
      try await log.append(
        [event], to: .feed(feed.id.rawValue), at: now, ifUnchangedSince: seen)
    } catch EventLogError.changed {
      logger.debug("A page came too late", metadata: ["article.id": "\(id)"])
    }
  }
}

extension RobotsRules {
  /// Our name, as those who write such files know it.
  private static let product = "tidings"

  /// What the answer to the question for `robots.txt` means (RFC 9309, section 2.3).
  fileprivate init(_ outcome: FetchOutcome) {
    switch outcome {
    case .document(let document): self.init(document.body, for: Self.product)
    case .notModified: self = .open
    case .failed(let failure):
      switch failure.kind {
      case .empty, .notFound, .gone, .client, .unauthorised, .blocked: self = .open
      default: self = .closed
      }
    }
  }
}

extension Article {
  /// The next revision, whose text is that of its page.
  fileprivate func with(_ page: PageText, seen now: Date) -> Article {
    var article = self
    article.revision += 1
    article.text = page.text
    article.textSource = .page
    article.isTruncated = false
    article.seen = now
    return article
  }
}
