import Core
import EventLog
import Fetching
import FoundationEssentials
import Projections

extension PollFact {
  /// The stream it belongs to, and the event.
  fileprivate func recorded(at now: Date) -> (StreamName, Event) {
    switch self {
    case .moved(let feed, let from, let to, let answers):
      (
        .feed(feed.rawValue),
        Event(at: now, .feedMoved(feed, from: from, to: to, answers: answers))
      )
    case .gone(let feed, let status, let answers):
      (.feed(feed.rawValue), Event(at: now, .feedGone(feed, status: status, answers: answers)))
    case .networkLost(let hosts): (.daemon, Event(at: now, .networkLost(hosts: hosts)))
    case .networkReturned(let since): (.daemon, Event(at: now, .networkReturned(since: since)))
    }
  }
}

extension GuardedLog {
  /// Records what the poller found out.
  ///
  /// - Throws: `PollPaused` where nothing can be recorded for now.
  func append(_ fact: PollFact, at now: Date) async throws {
    let (stream, event) = fact.recorded(at: now)
    do {
      try await append([event], to: stream, at: now)
    } catch {
      guard error.isPassing else { throw error }
      throw PollPaused(fullDisk: error, now: now)
    }
  }
}
