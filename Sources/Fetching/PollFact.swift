public import Core
public import FoundationEssentials

/// What the poller finds out that is worth recording, beside what became of a poll.
public enum PollFact: Hashable, Sendable {
  /// A feed is asked at another address from now on; its operator should write that down.
  case moved(Feed.ID, from: String, to: String, answers: Int)
  /// A feed is polled no more, as its publisher says that it ended.
  case gone(Feed.ID, status: Int, answers: Int)
  /// Most sites stopped answering at once: it is we who are cut off.
  case networkLost(hosts: [String])
  /// Sites answer again.
  case networkReturned(since: Date)
}
