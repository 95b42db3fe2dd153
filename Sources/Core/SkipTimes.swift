public import FoundationEssentials

/// When a feed does not want to be asked: `skipHours` and `skipDays` of RSS, in GMT.
public struct SkipTimes: Hashable, Sendable {
  /// A bit for each hour of the day, from the lowest at midnight.
  public let hours: UInt32

  /// A bit for each day of the week, from the lowest on Monday.
  public let days: UInt8

  /// Takes the bits of hours and days.
  ///
  /// `nil` where nothing is skipped, or less than one hour a week would be left.
  public init?(hours: UInt32, days: UInt8) {
    let (hours, days) = (hours & 0xff_ffff, days & 0x7f)
    guard hours != 0 || days != 0, hours != 0xff_ffff, days != 0x7f else { return nil }
    self.hours = hours
    self.days = days
  }

  /// Takes hours 0 to 23 (24 is midnight) and days in English.
  public init?(hours: [Int], days: [String]) {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let dayBits = days.compactMap { names.firstIndex(of: String($0.lowercased().prefix(3))) }
    self.init(
      hours: hours.filter { (0...24).contains($0) }.reduce(0) { $0 | 1 << UInt32($1 % 24) },
      days: dayBits.reduce(0) { $0 | 1 << UInt8($1) })
  }

  /// The first moment from `date` on that is not skipped.
  public func next(from date: Date) -> Date {
    var seconds = date.timeIntervalSince1970
    // A week has 168 hours, one of which at least is open.
    for _ in 0..<168 {
      let hour = Int((seconds / 3600).rounded(.down))
      guard skips(hour) else { break }
      seconds = Double(hour + 1) * 3600
    }
    return Date(timeIntervalSince1970: seconds)
  }

  /// Whether an hour since 1970, which began on a Thursday, is skipped.
  private func skips(_ hour: Int) -> Bool {
    let day = hour >= 0 ? hour / 24 : (hour - 23) / 24
    let weekday = ((day + 3) % 7 + 7) % 7
    return hours >> UInt32(hour - day * 24) & 1 == 1 || days >> UInt8(weekday) & 1 == 1
  }
}
