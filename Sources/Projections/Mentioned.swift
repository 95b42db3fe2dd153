/// What one revision of an article says: how often it mentions whom, and its topics.
struct Mentioned {
  var position: Int64
  /// Seconds since 1970.
  var seen: Double
  /// Each entity once.
  var named: [(entity: String, mentions: Int)]
  var topics: [String]

  var day: Int64 { MentionDays.day(seen) }
  var week: Int64 { MentionDays.week(day) }

  /// Gives `body` every entity with every other one, both ways round, and the mentions of the other.
  func eachPair(_ body: (_ entity: String, _ other: String, _ mentions: Int) -> Void) {
    guard named.count <= MentionDays.longestList else { return }
    for (place, one) in named.enumerated() {
      for two in named[..<place] {
        body(one.entity, two.entity, two.mentions)
        body(two.entity, one.entity, one.mentions)
      }
    }
  }
}
