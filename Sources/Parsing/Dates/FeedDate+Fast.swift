import Core
import FoundationEssentials
import Text

/// The two forms that nearly all feeds write, read from their bytes.
///
/// What is not exactly one of them is nil here and goes the long way by `FeedDate.init`, which gives the
/// same date for what is.
extension FeedDate {
  /// The date that `bytes[range]` names as `Thu, 16 May 2024 12:27:00 +0700` (RFC 822, as RFC 1123
  /// amends it) or as `2024-05-16T12:27:00+07:00` (RFC 3339).
  static func fast(_ bytes: [UInt8], _ range: Range<Int>) -> FeedDate? {
    guard (20...35).contains(range.count) else { return nil }
    var fields = DateFields(bytes: bytes, place: range.lowerBound, end: range.upperBound)
    return bytes[range.lowerBound] < 0x40 && fields.isDigit(at: range.lowerBound + 2)
      ? fields.timestamp() : fields.mail()
  }
}

/// Takes a date's fields off bytes, each at its place; nil where something else stands there.
private struct DateFields {
  let bytes: [UInt8]
  var place: Int
  let end: Int

  /// RFC 3339.
  mutating func timestamp() -> FeedDate? {
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
      skip("T") || skip(" "), let time = clock()
    else { return nil }
    if skip(".") {
      // Fractions are rare, and arithmetic on them is the long way's.
      return nil
    }
    guard let offset = skip("Z") ? 0 : offset(colon: true), place == end else { return nil }
    return date(year, month, day, time, offset)
  }

  /// RFC 822 and RFC 1123, the weekday left out or not.
  mutating func mail() -> FeedDate? {
    if !isDigit(at: place) {
      guard place + 5 < end, bytes[place + 3] == UInt8(ascii: ","), bytes[place + 4] == 0x20 else {
        return nil
      }
      place += 5
    }
    guard let day = number(2), skip(" "), let month = month(), skip(" "), let year = number(4),
      skip(" "), let time = clock(), skip(" "), let offset = zone(), place == end
    else { return nil }
    return date(year, month, day, time, offset)
  }

  private func date(
    _ year: Int64, _ month: Int64, _ day: Int64, _ time: Int64, _ offset: Int64
  ) -> FeedDate? {
    // The last days of a month are the long way's to judge.
    guard (1970...2199).contains(year), (1...12).contains(month), (1...28).contains(day) else {
      return nil
    }
    let days = Timestamp.days(year: year, month: month, day: day)
    return FeedDate(
      clock: Double(days * 86_400 + time), zone: .offset(Int(offset)), hasTime: true)
  }

  private mutating func clock() -> Int64? {
    guard let hour = number(2), skip(":"), let minute = number(2), skip(":"),
      let second = number(2), hour < 24, minute < 60, second < 60
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  private mutating func zone() -> Int64? {
    if place + 3 == end, skip("G") { return skip("M") && skip("T") ? 0 : nil }
    return offset(colon: false)
  }

  private mutating func offset(colon: Bool) -> Int64? {
    let isWest = place < end && bytes[place] == UInt8(ascii: "-")
    guard isWest ? skip("-") : skip("+"), let hours = number(2), !colon || skip(":"),
      let minutes = number(2), hours <= 14, minutes < 60
    else { return nil }
    return (hours * 3_600 + minutes * 60) * (isWest ? -1 : 1)
  }

  private mutating func month() -> Int64? {
    guard place + 3 <= end else { return nil }
    let name = bytes[place..<place + 3].reduce(0 as UInt32) { $0 << 8 | UInt32($1 | 0x20) }
    place += 3
    switch name {
    case 0x6A61_6E: return 1
    case 0x6665_62: return 2
    case 0x6D61_72: return 3
    case 0x6170_72: return 4
    case 0x6D61_79: return 5
    case 0x6A75_6E: return 6
    case 0x6A75_6C: return 7
    case 0x6175_67: return 8
    case 0x7365_70: return 9
    case 0x6F63_74: return 10
    case 0x6E6F_76: return 11
    case 0x6465_63: return 12
    default: return nil
    }
  }

  func isDigit(at place: Int) -> Bool {
    place < end && (0x30...0x39).contains(bytes[place])
  }

  private mutating func number(_ width: Int) -> Int64? {
    guard place + width <= end else { return nil }
    var value: Int64 = 0
    for index in place..<place + width {
      guard isDigit(at: index) else { return nil }
      value = value * 10 + Int64(bytes[index] - 0x30)
    }
    place += width
    return value
  }

  private mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    guard place < end, bytes[place] == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }
}

extension MarkupText {
  /// The date that an element names in one of the two usual forms.
  func date(_ element: Element) -> FeedDate? {
    guard !element.holdsElements else { return nil }
    switch element.inside {
    case .text(let range), .cdata(let range): return FeedDate.fast(bytes, trimmed(range))
    default: return nil
    }
  }

  /// The date that an element names in any form.
  func anyDate(_ element: Element) -> FeedDate? {
    date(element) ?? value(element).flatMap { FeedDate($0) }
  }
}
