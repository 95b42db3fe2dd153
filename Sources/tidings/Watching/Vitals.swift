import Core
import FoundationEssentials
import Synchronization

/// Where all loops tell of themselves, and where the watchdog looks.
final class Vitals: Sendable {
  private let states = Mutex(LoopStates())
  private let clock: @Sendable () -> ClockWatch.Reading

  init(clock: @escaping @Sendable () -> ClockWatch.Reading) {
    self.clock = clock
  }

  /// A pulse for a loop whose steps take at most `bound`.
  func pulse(_ loop: String, bound: Duration) -> Pulse {
    states.withLock { $0.add(loop, bound: bound, at: clock()) }
    return { [self] beat in states.withLock { $0.note(beat, of: loop, at: clock()) } }
  }

  /// Does a step of which several go on at once.
  func during<Result, Fault: Error>(
    _ name: String, bound: Duration, _ body: () async throws(Fault) -> Result
  ) async throws(Fault) -> Result {
    let step = states.withLock { $0.begin(name, bound: bound, at: clock()) }
    defer { states.withLock { $0.end(step) } }
    return try await body()
  }

  /// What stands still now.
  var stalls: [LoopStates.Stall] { states.withLock { $0.stalls(at: clock().boot) } }

  /// When each loop last told of itself.
  var lastBeats: [(loop: String, at: Date)] { states.withLock { $0.lastBeats } }
}
