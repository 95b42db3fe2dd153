public import Core
import FoundationEssentials

/// Which feeds are followed, and which of them cannot be seen: what a view of feeds knows, as far as rules ask.
public struct FeedStanding: Hashable, Sendable {
  /// Seconds for which a gap is told of.
  private static let gapTime = 86_400.0

  public var followed: Set<Feed.ID> = []
  public var failing: Set<Feed.ID> = []
  /// When entries of a feed last passed unseen.
  public var gapped: [Feed.ID: Double] = [:]
  /// When a feed last brought something.
  public var fetched: [Feed.ID: Double] = [:]

  public init() {}

  mutating func note(_ record: RuleRecord) {
    let time = record.at.timeIntervalSince1970
    switch record.fact {
    case .followed(let feed): followed.insert(feed)
    case .unfollowed(let feed): followed.remove(feed)
    case .failed(let feed, _): failing.insert(feed)
    case .recovered(let feed): failing.remove(feed)
    case .gapped(let feed, _): gapped[feed] = time
    case .fetched(let feed, _): fetched[feed] = time
    default: break
    }
  }

  /// How much of what is followed can be seen; gaps are those of the day before `time`.
  func coverage(at time: Double) -> Alert.Coverage {
    let gaps = gapped.count { followed.contains($0.key) && $0.value > time - Self.gapTime }
    return Alert.Coverage(
      feedsOK: followed.subtracting(failing).count, feeds: followed.count, gaps: gaps)
  }
}
