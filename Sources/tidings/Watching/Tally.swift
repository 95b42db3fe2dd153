import Serving
import Synchronization

/// Counts what happens, wherever it happens.
final class Tally: Sendable {
  private let state = Mutex(TallyState())

  func note<Result: Sendable>(
    _ body: (inout sending TallyState) throws -> sending Result
  ) rethrows -> Result {
    try state.withLock(body)
  }

  /// Adds all of it to `metrics`.
  func tell(_ metrics: inout Metrics) {
    let copy = state.withLock { $0 }
    copy.tell(&metrics)
  }
}
