public import Core
public import FoundationEssentials

/// What became of an outcome, from whoever reads and records documents.
public enum Verdict: Hashable, Sendable {
  /// A feed, read and recorded; what it brought is durable.
  case taken(Taken)
  /// Nothing to record: a 304, known bytes, or a failure taken note of.
  case unchanged
  /// A document of another kind, which is named.
  case notAFeed(String)
  /// A feed too broken to be read, and why.
  case unreadable(String)

  /// A feed with `new` unknown entries, `overlap` being the share of known ones.
  public static func taken(new: Int, overlap: Double) -> Verdict {
    .taken(Taken(new: new, overlap: overlap))
  }
}

/// What a document that was taken tells the schedule.
public struct Taken: Hashable, Sendable {
  /// Entries not known before.
  public var new: Int

  /// The share of known entries in the document, 0 to 1.
  public var overlap: Double

  /// Entries in the document; 0 if nobody counted.
  public var entries: Int

  /// Whether it has only what is new (RFC 3229): what it leaves out is no gap, and its length no window.
  public var isPartial = false

  /// How long the document asks to be left alone (`<ttl>`, `sy:updatePeriod`).
  public var interval: Duration?

  /// When the document does not want to be asked for (`skipHours`, `skipDays`).
  public var skip: SkipTimes?

  /// What the document tells of the feed's rate at first sight; `nil` if nobody looked.
  public var recent: Recent?

  /// What it gives reason to ask for beside the feed.
  public var errands: [Errand] = []

  /// The hub that it names.
  public var hub = HubOffer()

  /// Creates what a document tells.
  public init(
    new: Int, overlap: Double, entries: Int = 0, interval: Duration? = nil,
    skip: SkipTimes? = nil, recent: Recent? = nil
  ) {
    self.new = new
    self.overlap = overlap
    self.entries = entries
    self.interval = interval
    self.skip = skip
    self.recent = recent
  }
}

/// How many entries of a document are dated in the last two weeks, over how many days.
public struct Recent: Hashable, Sendable {
  public var entries: Int

  /// From the oldest of them to now, a day at least.
  public var days: Double

  /// Counts the `dates` of the last 14 days; dates to come count as now.
  public init(_ dates: [Date], now: Date) {
    let ages = dates.map { max(0, now.timeIntervalSince($0) / 86_400) }.filter { $0 <= 14 }
    entries = ages.count
    // Where all that is shown is younger than two weeks, the window ends before they do.
    days = ages.count < dates.count ? 14 : max(1, ages.max() ?? 14)
  }
}
