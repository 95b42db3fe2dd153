import Core
import FoundationEssentials

/// How the loops stand: which of them goes on, and which stands still.
///
/// A timer that says "alive" proves nothing. A loop goes on if it rests and is not overdue, or if its step
/// takes no longer than such a step may take: a webhook that hangs is a long step, no standstill.
struct LoopStates: Sendable {
  /// A loop that does not go on.
  struct Stall: Hashable, Sendable, CustomStringConvertible {
    var loop: String
    var time: Duration
    var isStep: Bool

    var description: String {
      "\(loop) \(isStep ? "is in one step" : "has slept") for \(time.components.seconds) s"
    }
  }

  private struct State {
    var bound: Duration
    var beat: Beat
    /// Since boot.
    var since: Duration
    var at: Date
  }

  /// How late a loop may wake on a busy machine.
  static let grace = Duration.seconds(10)

  private var loops: [String: State] = [:]
  private var steps: [Int: (name: String, bound: Duration, since: Duration)] = [:]
  private var number = 0

  /// Takes notice of a loop whose steps take at most `bound`; it rests until its first step.
  mutating func add(_ loop: String, bound: Duration, at now: ClockWatch.Reading) {
    loops[loop] = State(
      bound: bound, beat: .rest(atMost: nil), since: now.boot, at: now.wall)
  }

  mutating func note(_ beat: Beat, of loop: String, at now: ClockWatch.Reading) {
    guard let bound = loops[loop]?.bound else { return }
    loops[loop] = State(bound: bound, beat: beat, since: now.boot, at: now.wall)
  }

  /// Begins a step of which several go on at once; ``end(_:)`` takes the number it returns.
  mutating func begin(_ name: String, bound: Duration, at now: ClockWatch.Reading) -> Int {
    number += 1
    steps[number] = (name, bound, now.boot)
    return number
  }

  mutating func end(_ step: Int) {
    steps[step] = nil
  }

  /// What stands still, by name.
  func stalls(at boot: Duration) -> [Stall] {
    let standing = loops.compactMap { loop, state -> Stall? in
      let time = boot - state.since
      switch state.beat {
      case .step: return time > state.bound ? Stall(loop: loop, time: time, isStep: true) : nil
      case .rest(let limit):
        guard let limit, time > limit + Self.grace else { return nil }
        return Stall(loop: loop, time: time, isStep: false)
      }
    }
    let long = steps.values.filter { boot - $0.since > $0.bound }.map {
      Stall(loop: $0.name, time: boot - $0.since, isStep: true)
    }
    return (standing + long).sorted { ($0.loop, $1.time) < ($1.loop, $0.time) }
  }

  /// When each loop last told of itself, by name.
  var lastBeats: [(loop: String, at: Date)] {
    loops.map { ($0.key, $0.value.at) }.sorted { $0.0 < $1.0 }
  }
}
