/// Why an article counts as taken back by its publisher.
public enum Withdrawal: String, Hashable, Sendable, CaseIterable {
  /// The feed says so (`at:deleted-entry`, RFC 6721).
  case tombstone
  /// It left the feed before older ones did, and its address answers 404 or 410.
  case gone
  /// A notice stands where its text was.
  case notice
}
