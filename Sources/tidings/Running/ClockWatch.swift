import Core
import FoundationEssentials

/// Tells a wall clock that was set from one that went on.
///
/// Recorded times never go back, so a clock set back stands still in the log. One set forward is worse: a
/// recorded future cannot be unsaid, and every window and cooldown would end in it.
struct ClockWatch: Hashable, Sendable {
  /// A jump forward by more than this is asked about.
  static let largestJump: TimeInterval = 24 * 3600
  /// Standing still for longer than this is worth a word.
  static let longestPause: TimeInterval = 60

  /// The wall clock and the time since boot (CLOCK_BOOTTIME), read together.
  struct Reading: Hashable, Sendable {
    var wall: Date
    /// Goes on in suspend; nobody can set it.
    var boot: Duration
  }

  private let start: Reading

  init(_ start: Reading) {
    self.start = start
  }

  /// Seconds by which the wall clock is ahead of where it would be had nobody set it.
  func jump(at now: Reading) -> TimeInterval {
    now.wall.timeIntervalSince(start.wall) - (now.boot - start.boot).seconds
  }

  /// Whether the clock was set so far forward that nothing may be recorded.
  func isAhead(at now: Reading) -> Bool { jump(at: now) > Self.largestJump }

  /// Whether the clock is so far behind what was recorded last that time stands still in the log.
  static func standsStill(_ now: Date, after recorded: Date) -> Bool {
    recorded.timeIntervalSince(now) > longestPause
  }
}
