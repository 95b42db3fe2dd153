import FoundationEssentials

/// The only reader of the clock; everything else is given `now`.
enum WallClock {
  static func now() -> Date { Date() }
}
