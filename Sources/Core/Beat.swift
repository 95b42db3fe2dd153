/// What a loop tells of itself, so that somebody can see whether it goes on.
public enum Beat: Hashable, Sendable {
  /// It begins a step.
  case step
  /// It waits for something to happen, at most so long; nil: for however long that takes.
  case rest(atMost: Duration?)
}

/// Where a loop's beats go.
public typealias Pulse = @Sendable (Beat) -> Void
