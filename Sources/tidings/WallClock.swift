import Core
import FoundationEssentials
import Glibc

/// The only reader of the clock; everything else is given the time.
enum WallClock {
  static func now() -> Date { Date() }

  /// The time without its fraction, as people read it.
  static func second() -> Date {
    Date(timeIntervalSince1970: now().timeIntervalSince1970.rounded(.down))
  }

  /// The wall clock beside the one that nobody can set.
  static func reading() -> ClockWatch.Reading {
    var boot = timespec()
    unsafe clock_gettime(CLOCK_BOOTTIME, &boot)
    return ClockWatch.Reading(
      wall: now(), boot: .seconds(boot.tv_sec) + .nanoseconds(boot.tv_nsec))
  }
}
