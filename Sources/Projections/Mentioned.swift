/// What one revision of an article says: how often it mentions whom, and its topics.
struct Mentioned {
  var position: Int64
  /// Seconds since 1970.
  var seen: Double
  /// Each entity once.
  var named: [(entity: String, mentions: Int)]
  var topics: [String]

  var day: Int64 { MentionDays.day(seen) }
}
