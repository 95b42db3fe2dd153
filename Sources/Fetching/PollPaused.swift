public import FoundationEssentials

/// Thrown by whoever accepts outcomes when nothing can be recorded for now, as on a full disk.
///
/// The poll counts as not made; polling goes on by itself at ``until``.
public struct PollPaused: Error, Hashable, Sendable {
  /// For people: why, and what they can do.
  public var reason: String

  /// When to try again; `nil` for half a minute later.
  public var until: Date?

  /// Creates a pause.
  public init(reason: String, until: Date? = nil) {
    self.reason = reason
    self.until = until
  }
}
