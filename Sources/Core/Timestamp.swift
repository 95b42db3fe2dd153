public import FoundationEssentials

/// A moment written and read as RFC 3339 in UTC, with a `Z`.
///
/// Foundation's ISO 8601 formatter is slow and not safe across threads, so this is arithmetic on the
/// proleptic Gregorian calendar. Feeds write dates in many other ways; those are Parsing's.
public enum Timestamp {
  /// `2024-05-16T05:27:00Z`; a fraction of up to six digits only where `date` has one.
  ///
  /// RFC 3339 knows the years 0 to 9999; what lies beyond is written as the nearest moment in them,
  /// for a line that could not be read again would be worse.
  public static func text(_ date: Date) -> String {
    var bytes: [UInt8] = []
    append(date, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
  private static let (earliest, latest) = (-62_167_219_200.0, 253_402_300_799.0)

  /// Appends what `text` gives.
  static func append(_ date: Date, to bytes: inout [UInt8]) {
    let time = min(max(date.timeIntervalSince1970, earliest), latest)
    let micros = Int64((time * 1_000_000).rounded())
    let (seconds, fraction) = micros.quotientAndRemainder(dividingBy: 1_000_000, floored: ())
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400, floored: ())
    let (year, month, day) = civil(days: days)
    append(year / 100, to: &bytes)
    append(year % 100, before: "-", to: &bytes)
    append(month, before: "-", to: &bytes)
    append(day, before: "T", to: &bytes)
    append(rest / 3600, before: ":", to: &bytes)
    append(rest / 60 % 60, before: ":", to: &bytes)
    append(rest % 60, to: &bytes)
    if fraction != 0 { append(micros: fraction, to: &bytes) }
    bytes.append(UInt8(ascii: "Z"))
  }

  /// Appends two digits, and the sign that follows them.
  private static func append(
    _ number: Int64, before sign: Unicode.Scalar? = nil, to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "0") + UInt8(number / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    if let sign { bytes.append(UInt8(ascii: sign)) }
  }

  /// Appends a fraction of a second, without zeros at its end.
  private static func append(micros: Int64, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "."))
    var rest = micros
    var unit: Int64 = 100_000
    while rest > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(rest / unit))
      rest %= unit
      unit /= 10
    }
  }

  /// The moment that `text` names, with a `Z` or a numeric offset; nil where it is not RFC 3339.
  public static func date(_ text: String) -> Date? {
    date(text.utf8Span.span)
  }

  /// The moment that the bytes of a text name.
  static func date(_ text: Span<UInt8>) -> Date? {
    var place = 0
    guard let year = number(text, &place, 4), skip(text, &place, "-"),
      let month = number(text, &place, 2), skip(text, &place, "-"),
      let day = number(text, &place, 2), skip(text, &place, "T", "t", " "),
      let hour = number(text, &place, 2), skip(text, &place, ":"),
      let minute = number(text, &place, 2), skip(text, &place, ":"),
      let second = number(text, &place, 2),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    let fraction = fraction(text, &place)
    guard let offset = offset(text, &place), place == text.count else { return nil }
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

// MARK: - Parts of a timestamp

extension Timestamp {
  private static func number(_ text: Span<UInt8>, _ place: inout Int, _ width: Int) -> Int64? {
    guard place + width <= text.count else { return nil }
    var value: Int64 = 0
    for index in place..<place + width {
      guard (0x30...0x39).contains(text[index]) else { return nil }
      value = value * 10 + Int64(text[index] - 0x30)
    }
    place += width
    return value
  }

  private static func skip(
    _ text: Span<UInt8>, _ place: inout Int, _ signs: Unicode.Scalar...
  ) -> Bool {
    guard place < text.count, signs.contains(Unicode.Scalar(text[place])) else { return false }
    place += 1
    return true
  }

  private static func fraction(_ text: Span<UInt8>, _ place: inout Int) -> Double {
    guard skip(text, &place, ".", ",") else { return 0 }
    var value = 0.0
    var unit = 0.1
    while let digit = number(text, &place, 1) {
      value += Double(digit) * unit
      unit /= 10
    }
    return value
  }

  /// Seconds east of UTC.
  private static func offset(_ text: Span<UInt8>, _ place: inout Int) -> Int64? {
    if skip(text, &place, "Z", "z") { return 0 }
    let isWest = place < text.count && text[place] == UInt8(ascii: "-")
    guard skip(text, &place, "+", "-"), let hours = number(text, &place, 2),
      skip(text, &place, ":"), let minutes = number(text, &place, 2), hours < 24, minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}

extension Timestamp {
  /// The moment that `text` names in RFC 3339, or the first one of the day it names, in UTC.
  public static func moment(_ text: String) -> Date? { date(text) ?? date(text + "T00:00:00Z") }

  /// The day of a moment in UTC, `2026-11-27`.
  public static func day(_ date: Date) -> String { String(text(date).prefix(10)) }
}
