public import FoundationEssentials

/// A moment as operators write it: RFC 3339, a date (UTC), or how long ago (`24h`).
public enum MomentText {
  /// The moment that `text` names at `now`; nil where it is none.
  public static func date(_ text: String, now: Date) -> Date? {
    Timestamp.moment(text)
      ?? DurationText.duration(text).map { now.addingTimeInterval(-$0.seconds) }
  }
}
