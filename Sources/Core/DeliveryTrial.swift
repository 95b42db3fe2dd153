public import FoundationEssentials

/// What is remembered of a message that did not get through, until it does or is given up.
public struct DeliveryTrial: Hashable, Sendable {
  public var attempts = 0
  /// Of the first attempt, from which it counts when it is given up.
  public var first: Date
  /// Only of a line put aside: its own schedule.
  public var due: Date?

  public init(attempts: Int = 0, first: Date, due: Date? = nil) {
    self.attempts = attempts
    self.first = first
    self.due = due
  }
}
