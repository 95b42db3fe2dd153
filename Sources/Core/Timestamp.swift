public import FoundationEssentials

/// A moment written and read as RFC 3339 in UTC, with a `Z`.
///
/// Foundation's ISO 8601 formatter is slow and not safe across threads, so this is arithmetic on the
/// proleptic Gregorian calendar. Feeds write dates in many other ways; those are Parsing's.
public enum Timestamp {
  /// `2024-05-16T05:27:00Z`; a fraction of up to six digits only where `date` has one.
  public static func text(_ date: Date) -> String {
    let micros = Int64((date.timeIntervalSince1970 * 1_000_000).rounded())
    let (seconds, fraction) = micros.quotientAndRemainder(dividingBy: 1_000_000, floored: ())
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400, floored: ())
    let (year, month, day) = civil(days: days)
    var text = pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + "T"
    text += pad(rest / 3600, 2) + ":" + pad(rest / 60 % 60, 2) + ":" + pad(rest % 60, 2)
    if fraction != 0 {
      var digits = pad(fraction, 6)
      while digits.last == "0" { digits.removeLast() }
      text += "." + digits
    }
    return text + "Z"
  }

  /// The moment that `text` names, with a `Z` or a numeric offset; nil where it is not RFC 3339.
  public static func date(_ text: String) -> Date? {
    var reader = DigitReader(bytes: Array(text.utf8))
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2), reader.skip("T", "t", " "),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2),
      reader.skip(":"), let second = reader.number(2),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    let fraction = reader.fraction()
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    let seconds =
      days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second
    return Date(timeIntervalSince1970: Double(seconds - offset) + fraction)
  }

  /// The days from 1970-01-01 to a date of the proleptic Gregorian calendar.
  public static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let y = month > 2 ? year : year - 1
    let era = y.quotientAndRemainder(dividingBy: 400, floored: ()).quotient
    let ofEra = y - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  /// Year, month and day of a number of days since 1970-01-01.
  public static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let z = days + 719_468
    let (era, ofEra) = z.quotientAndRemainder(dividingBy: 146_097, floored: ())
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * ofYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, ofYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func pad(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  /// Division that rounds down, so that moments before 1970 keep a remainder of 0 or more.
  fileprivate func quotientAndRemainder(
    dividingBy divisor: Int64, floored: Void
  ) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// Reads the fixed-width numbers of a timestamp.
private struct DigitReader {
  var bytes: [UInt8]
  var place = 0

  var isAtEnd: Bool { place == bytes.count }

  mutating func number(_ width: Int) -> Int64? {
    guard place + width <= bytes.count else { return nil }
    var value: Int64 = 0
    for byte in bytes[place..<place + width] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    place += width
    return value
  }

  mutating func skip(_ allowed: Unicode.Scalar...) -> Bool {
    guard place < bytes.count, allowed.contains(Unicode.Scalar(bytes[place])) else { return false }
    place += 1
    return true
  }

  mutating func fraction() -> Double {
    guard skip(".", ",") else { return 0 }
    var value = 0.0
    var unit = 0.1
    while let digit = number(1) {
      value += Double(digit) * unit
      unit /= 10
    }
    return value
  }

  /// Seconds east of UTC.
  mutating func offset() -> Int64? {
    if skip("Z", "z") { return 0 }
    let isWest = place < bytes.count && bytes[place] == UInt8(ascii: "-")
    guard skip("+", "-"), let hours = number(2), skip(":"), let minutes = number(2),
      hours < 24, minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}
