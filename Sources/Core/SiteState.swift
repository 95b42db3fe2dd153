public import FoundationEssentials

/// What is remembered of a site between two requests: when it may be asked again, and how politely
/// it was asked today.
public struct SiteState: Hashable, Sendable {
  /// When the last request began.
  public var lastStart: Date?

  /// Until when nothing is asked of it.
  public var pausedUntil: Date?

  /// The day (UTC) that the figures below are of, counted from 1970.
  public var day = 0

  /// Requests begun on ``day``.
  public var requests = 0

  /// Bytes received on ``day``, headers included, as they came over the wire.
  public var bytes = 0

  /// 304 answers on ``day``.
  public var notModified = 0

  /// 429 answers, ever.
  public var limited = 0

  /// The longest `Retry-After` it ever gave.
  public var longestRetryAfter: Duration?

  /// Creates the state of a site that was never asked.
  public init() {}
}

extension SiteState {
  /// Notes that a request begins.
  public mutating func begin(at now: Date) {
    turn(to: now)
    lastStart = now
    requests += 1
  }

  /// Notes what an answer cost, and what it said of our manners.
  public mutating func end(bytes: Int, status: Int?, retryAfter: Duration?, at now: Date) {
    turn(to: now)
    self.bytes += bytes
    if status == 304 { notModified += 1 }
    if status == 429 { limited += 1 }
    if let retryAfter { longestRetryAfter = max(longestRetryAfter ?? .zero, retryAfter) }
  }

  /// Asks nothing before `date`.
  public mutating func pause(until date: Date) {
    pausedUntil = max(pausedUntil ?? date, date)
  }

  /// Follows a clock that was set back by `seconds`.
  public mutating func turnBack(by seconds: Double) {
    lastStart = lastStart.map { $0 - seconds }
    pausedUntil = pausedUntil.map { $0 - seconds }
  }

  /// When the day after ``day`` begins.
  public var dayEnd: Date { Date(timeIntervalSince1970: Double(day + 1) * 86_400) }

  private mutating func turn(to now: Date) {
    let today = Int((now.timeIntervalSince1970 / 86_400).rounded(.down))
    guard today != day else { return }
    day = today
    (requests, bytes, notModified) = (0, 0, 0)
  }
}
