public import FoundationEssentials

/// What the poller remembers of one feed between two polls.
///
/// Bookkeeping, not fact: it lives beside the log, and losing it costs one extra fetch. Every
/// property is one column. A state belongs to the address in ``url``; when the operator changes the
/// address of a feed, its state starts anew.
///
/// Ten thousand of them are in memory: what few feeds have stands apart, in ``Trouble``.
public struct PollState: Hashable, Sendable {
  /// What is remembered only of feeds that fail, move or ask for something special.
  private struct Trouble: Hashable {
    var wait: Duration?
    var failingSince: Date?
    var lastFailure: String?
    var lastFailureMessage: String?
    var askedInterval: Duration?
    var skip: SkipTimes?
    var hurryUntil: Date?
    var adopted: String?
    var trial: String?
    var identity: String?
    var movedTo: String?
    var movedCount = 0
    var movedSince: Date?
    var goneAt: Date?
    var isGone = false

    static let none = Trouble()
  }

  /// One, or none where all of it has its usual value.
  private var troubles: [Trouble] = []

  private var trouble: Trouble {
    get { troubles.first ?? .none }
    set { troubles = newValue == .none ? [] : [newValue] }
  }

  /// The configured address this state belongs to.
  public var url: String

  /// The address that gave the validators: the last hop of the last document.
  public var finalURL: String?

  /// The `ETag` of that answer, byte for byte (RFC 9110 §8.8.3).
  public var etag: [UInt8]?

  /// The `Last-Modified` of that answer, byte for byte (RFC 9110 §8.8.2).
  public var lastModified: [UInt8]?

  /// A hash of the last document taken; equal bytes need no parsing.
  public var bodyHash: UInt64?

  /// When the last poll was claimed.
  public var lastAttempt: Date?

  /// When a feed, or a 304 that was asked for, last came back.
  public var lastSuccess: Date?

  /// The earliest next poll; `nil` before the first.
  public var nextDue: Date?

  /// The wait after the last failure, from which the next one grows; `nil` after a success.
  public var wait: Duration? {
    get { troubles.first?.wait }
    set { trouble.wait = newValue }
  }

  /// Failures since the last success.
  public var failures = 0

  /// When the present run of failures began.
  public var failingSince: Date? {
    get { troubles.first?.failingSince }
    set { trouble.failingSince = newValue }
  }

  /// The kind of the last failure, a `FetchFailure.Kind`; `nil` after a success.
  public var lastFailure: String? {
    get { troubles.first?.lastFailure }
    set { trouble.lastFailure = newValue }
  }

  /// The sentence for people that goes with ``lastFailure``.
  public var lastFailureMessage: String? {
    get { troubles.first?.lastFailureMessage }
    set { trouble.lastFailureMessage = newValue }
  }

  /// The status of the last answer; `nil` if none came.
  public var lastStatus: Int?

  /// New entries, forgotten by half every 14 days.
  public var rateEntries = 0.0

  /// Days over which ``rateEntries`` came, forgotten alike.
  public var rateDays = 0.0

  /// When the two were last brought up to date.
  public var rateAt: Date?

  /// What the interval is multiplied by while documents turn over quickly, 1/8 to 1.
  public var factor = 1.0

  /// Entries in the last document.
  public var window = 0

  /// 304 answers in a row.
  public var notModifiedStreak = 0

  /// Until when the publisher asked not to be polled (freshness, `<ttl>` or `Retry-After`).
  public var hintUntil: Date?

  /// How long the last answer was called fresh.
  public var freshness: Duration?

  /// Whether the publisher ever said how long an answer is fresh.
  public var statesFreshness = false

  /// How long the last document asked to be left alone (`<ttl>`, `sy:updatePeriod`).
  public var askedInterval: Duration? {
    get { troubles.first?.askedInterval }
    set { trouble.askedInterval = newValue }
  }

  /// When the last document did not want to be asked.
  public var skip: SkipTimes? {
    get { troubles.first?.skip }
    set { trouble.skip = newValue }
  }

  /// Until when the feed is asked as often as politeness allows, since a whole window passed unseen.
  public var hurryUntil: Date? {
    get { troubles.first?.hurryUntil }
    set { trouble.hurryUntil = newValue }
  }

  /// From when a feed that answers 304 without end may be asked for in full.
  public var rescueAt: Date?

  /// The address that is asked in place of ``url``, after evidence that the feed moved there.
  public var adopted: String? {
    get { troubles.first?.adopted }
    set { trouble.adopted = newValue }
  }

  /// An address to be asked once, instead, to see whether the feed is there.
  public var trial: String? {
    get { troubles.first?.trial }
    set { trouble.trial = newValue }
  }

  /// Who asks: a digest of the credentials, whose change makes the validators void.
  public var identity: String? {
    get { troubles.first?.identity }
    set { trouble.identity = newValue }
  }

  /// Where permanent redirects have led, while they agree.
  public var movedTo: String? {
    get { troubles.first?.movedTo }
    set { trouble.movedTo = newValue }
  }

  /// How many polls in a row agreed on ``movedTo``.
  public var movedCount: Int {
    get { troubles.first?.movedCount ?? 0 }
    set { trouble.movedCount = newValue }
  }

  /// When ``movedTo`` was first seen.
  public var movedSince: Date? {
    get { troubles.first?.movedSince }
    set { trouble.movedSince = newValue }
  }

  /// When the feed first answered 410 in the present run of 410s.
  public var goneAt: Date? {
    get { troubles.first?.goneAt }
    set { trouble.goneAt = newValue }
  }

  /// Whether a second 410, a day later, ended the polling.
  public var isGone: Bool {
    get { troubles.first?.isGone ?? false }
    set { trouble.isGone = newValue }
  }

  /// Polls made so far.
  public var polls = 0

  /// Polls answered by 304.
  public var notModified = 0

  /// Bytes received so far, headers included, as they came over the wire.
  public var bytes = 0

  /// Creates the state of a feed that was never polled.
  public init(url: String) {
    self.url = url
  }
}

extension PollState {
  /// Has addresses that are equal to `url` be one in memory.
  public mutating func share(_ url: String) {
    if self.url == url { self.url = url }
    if finalURL == url { finalURL = url }
  }

  /// The address to ask next.
  public var address: String { trial ?? adopted ?? url }

  /// What the publisher asks for between two polls, by header or document; the longer one.
  public var stated: Duration? { [freshness, askedInterval].compactMap { $0 }.max() }

  /// Follows a clock that went back to `now` since the last poll was claimed.
  public mutating func turnBack(to now: Date) {
    guard let last = lastAttempt, last > now else { return }
    turnBack(by: last.timeIntervalSince(now))
  }

  /// Follows a clock that was set back by `seconds`: what was to be waited for becomes no longer.
  public mutating func turnBack(by seconds: Double) {
    lastAttempt = lastAttempt.map { $0 - seconds }
    nextDue = nextDue.map { $0 - seconds }
    hintUntil = hintUntil.map { $0 - seconds }
    hurryUntil = hurryUntil.map { $0 - seconds }
    rescueAt = rescueAt.map { $0 - seconds }
  }

  /// Takes note of who asks; what another was given says nothing to them.
  public mutating func ask(as new: String?) {
    guard new != identity else { return }
    (etag, lastModified, bodyHash) = (nil, nil, nil)
    identity = new
  }

  /// The estimated number of new entries a day.
  ///
  /// A Gamma prior of one entry a week that is forgotten as real entries come.
  public var entriesPerDay: Double {
    (rateEntries + 1) / (rateDays + 7)
  }
}
