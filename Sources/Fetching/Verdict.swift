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

  /// How long the document asks to be left alone (`<ttl>`, `sy:updatePeriod`).
  public var interval: Duration?

  /// Creates what a document tells.
  public init(new: Int, overlap: Double, entries: Int = 0, interval: Duration? = nil) {
    self.new = new
    self.overlap = overlap
    self.entries = entries
    self.interval = interval
  }
}
