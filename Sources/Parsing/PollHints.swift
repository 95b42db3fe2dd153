public import Core

/// When a feed says that it wants to be asked again.
public struct PollHints: Hashable, Sendable {
  /// `ttl` of RSS, in minutes.
  public var ttlMinutes: Int?
  /// `sy:updatePeriod` divided by `sy:updateFrequency`, in minutes.
  public var updateMinutes: Int?
  /// Hours of GMT at which nobody should ask (RSS 2.0), each once: 0 to 24.
  public var skipHours: [Int] = []
  /// Days of GMT on which nobody should ask, as written.
  public var skipDays: [String] = []

  /// How long the feed asks to be left alone: the longer of both; nil where it says nothing.
  public var interval: Duration? {
    let minutes = [ttlMinutes, updateMinutes].compactMap(\.self).max()
    return minutes.map { .seconds(min(max($0, 0), Self.longest) * 60) }
  }

  /// When the feed does not want to be asked; nil where hardly any time would be left.
  public var skip: SkipTimes? { SkipTimes(hours: skipHours, days: skipDays) }

  /// A day, in minutes: no hint keeps a feed away for longer.
  private static let longest = 1_440
}

/// The words of RSS's syndication module (web.resource.org/rss/1.0/modules/syndication).
enum UpdatePeriod: String, CaseIterable {
  case hourly, daily, weekly, monthly, yearly

  var minutes: Int {
    switch self {
    case .hourly: 60
    case .daily: 1_440
    case .weekly: 10_080
    case .monthly: 43_200
    case .yearly: 525_600
    }
  }

  /// The minutes between two of so many updates a period; a frequency that is none counts as one.
  func minutes(frequency: Int?) -> Int {
    minutes / max(1, frequency ?? 1)
  }
}
