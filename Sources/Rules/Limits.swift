/// What a rule remembers at most.
enum Limits {
  /// Articles, stories or sources that a line or an open alert names.
  static let named = 50
  /// Sources that an open alert tells apart.
  static let sources = 256
  /// Articles that a window counts.
  static let items = 4_096
  /// Groups of one article.
  static let groups = 8
  /// Terms of one article.
  static let terms = 32
  /// Gaps by which `within: auto` goes, and the least of them.
  static let gaps = 200
  static let fewestGaps = 20
  /// Spans that do not count.
  static let pauses = 64
  /// Seconds without a record after which time itself is a gap.
  static let gap = 3_600.0
  /// Seconds after which a condition whose line is held is tried again, where the hold has no end.
  static let retry = 600.0
  /// Seconds for which what is told in one line is gathered.
  static let pool = 300.0
  /// Seconds for which it is known what an article met, and what became of an alert that is over.
  static let kept = 90 * 86_400.0
  /// Bytes of text from which on equal articles are copies.
  static let copied = 200
}
