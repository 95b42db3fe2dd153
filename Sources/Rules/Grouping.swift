/// What the matches of a rule are told apart by: a value of its `by`.
public enum Grouping: String, Hashable, Sendable, CaseIterable {
  case story
  case article
  /// Articles of the same words.
  case copies
  case entity
  case entityPair = "entity_pair"
  /// An entity that is a place.
  case place
  case feed
  case publisher
  case topic
  case lang
}
