import Core
import Fetching
import FoundationEssentials

/// What the poller asks and has recorded, counted and watched.
struct Asking: Sendable {
  private let fetcher: FeedFetcher
  private let ingest: Ingest
  private let hubs: Hubs?
  private let vitals: Vitals
  private let tally: Tally

  init(
    _ fetcher: FeedFetcher, _ ingest: Ingest, _ hubs: Hubs?, _ vitals: Vitals, _ tally: Tally
  ) {
    (self.fetcher, self.ingest, self.hubs) = (fetcher, ingest, hubs)
    (self.vitals, self.tally) = (vitals, tally)
  }

  /// Makes a poll or an errand; redirects that wait for their sites are part of it.
  func ask(_ question: Question) async throws -> Fetched {
    let start = ContinuousClock.now
    let fetched = try await vitals.during("fetch", bound: .seconds(600)) {
      try await fetcher.fetch(question)
    }
    let time = (ContinuousClock.now - start).seconds
    tally.note { $0.count(fetched, took: time, isPoll: !question.isPage) }
    return fetched
  }

  /// Has a poll's outcome recorded.
  func accept(_ feed: Feed, _ outcome: FetchOutcome, _ before: PollState) async throws -> Verdict {
    let verdict = try await vitals.during("ingest", bound: .seconds(120)) {
      try await ingest.accept(feed, outcome, after: before)
    }
    tally.note { $0.count(outcome, verdict) }
    await hubs?.note(outcome, verdict, of: feed)
    return verdict
  }

  /// Has what an errand brought recorded.
  func visit(_ feed: Feed, _ errand: Errand, _ outcome: FetchOutcome) async throws -> [Errand] {
    try await vitals.during("ingest", bound: .seconds(120)) {
      try await ingest.visit(feed, errand, outcome)
    }
  }
}
