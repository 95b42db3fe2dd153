public import FoundationEssentials
import Core

/// A date as feeds write it: RFC 822, RFC 3339 and what the wild makes of them.
///
/// Read by its shape, word by word; an unknown month or zone gives no date, never an invented one.
public enum FeedDate {
  /// The moment `text` names; without a zone it is UTC.
  public static func date(_ text: String) -> Date? {
    let text = text.trimmed
    guard !text.isEmpty, text.utf8.count <= 100 else { return nil }
    var words = DateWords(text)
    return words.read()
  }
}

/// The pieces of a date, gathered as they come.
private struct DateWords {
  private var words: [String]
  private var year: Int64?
  private var month: Int64?
  private var day: Int64?
  private var seconds: Double = 0
  private var offset: Int64 = 0
  private var isAfternoon: Bool?
  private var hasTime = false

  init(_ text: String) {
    // A time written with dots, as in Indonesia, is read like one with colons.
    words = text.split { $0.isWhitespace || "()".contains($0) }.flatMap { word in
      // In a time a comma is the mark of a fraction (ISO 8601).
      word.contains(":") ? [word] : word.split(separator: ",")
    }.map(String.init)
  }

  mutating func read() -> Date? {
    if words.count == 1, let stamp = Self.unixTime(words[0]) { return stamp }
    for (index, word) in words.enumerated() {
      guard take(word, isFirst: index == 0) else { return nil }
    }
    guard let year, (1...12).contains(month ?? 1), (1...31).contains(day ?? 1),
      (1970...2199).contains(year)
    else { return nil }
    // A year alone names its first day; one among words that name nothing does not.
    if month == nil, day != nil || words.count > 1 { return nil }
    if day ?? 1 > Self.days(in: month ?? 1, year) { return nil }
    if let isAfternoon {
      let hour = (seconds / 3600).rounded(.down)
      if isAfternoon, hour < 12 { seconds += 43_200 }
      if !isAfternoon, hour == 12 { seconds -= 43_200 }
    }
    let days = Timestamp.days(year: year, month: month ?? 1, day: day ?? 1)
    return Date(timeIntervalSince1970: Double(days * 86_400 - offset) + seconds)
  }

  /// 10 digits are seconds, 13 milliseconds.
  private static func unixTime(_ word: String) -> Date? {
    guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Double(word) else {
      return nil
    }
    switch word.utf8.count {
    case 10: return Date(timeIntervalSince1970: value)
    case 13: return Date(timeIntervalSince1970: value / 1_000)
    default: return nil
    }
  }

  private static func days(in month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // MARK: Words

  private mutating func take(_ word: String, isFirst: Bool) -> Bool {
    let isDigitFirst = word.first?.isNumber ?? false
    if isDigitFirst, isDate(word) { return takeDate(word) }
    if isDigitFirst, word.contains(":") || (hasDate && isDottedTime(word)) { return takeTime(word) }
    if isDigitFirst { return takeNumber(word) }
    if let found = MonthNames.month(word) {
      // A weekday may look like a month (mar. is a Tuesday): the last one counts.
      month = found
      return true
    }
    if word.first == "+" || word.first == "-" { return takeOffset(word) }
    switch word.lowercased() {
    case "am", "a.m.": isAfternoon = false
    case "pm", "p.m.": isAfternoon = true
    case "pukul", "jam", "at", "de", "t", "z": break
    default:
      // The zone may stand before the year, as `date` and Java print it.
      if isFirst || !(hasDate || hasTime) { return true }
      return takeZone(word)
    }
    return true
  }

  private var hasDate: Bool { year != nil }

  /// Whether a sign of a date stands before any colon: `12:27-05:00` is a time with its zone.
  private func isDate(_ word: String) -> Bool {
    guard let sign = word.firstIndex(where: { $0 == "-" || $0 == "/" }) else { return false }
    return word.firstIndex(of: ":").map { sign < $0 } ?? true
  }

  private func isDottedTime(_ word: String) -> Bool {
    let parts = word.split(separator: ".")
    return parts.count >= 2 && parts.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isNumber) }
  }

  private mutating func takeNumber(_ word: String) -> Bool {
    let digits = word.prefix { $0.isNumber }
    let rest = word.dropFirst(digits.count)
    // `16th`, `16.`, `2024г.`; a longer rest is more than a number.
    guard let value = Int64(digits), rest.count <= 2, !rest.contains(where: \.isNumber) else {
      return false
    }
    // 20030315 and the like: ISO 8601 without signs.
    if digits.count == 8, word.count == 8 {
      (year, month, day) = (value / 10_000, value / 100 % 100, value % 100)
    } else if digits.count == 14 {
      (year, month, day) = (
        value / 10_000_000_000, value / 100_000_000 % 100, value / 1_000_000 % 100
      )
      seconds = Double(value / 10_000 % 100 * 3_600 + value / 100 % 100 * 60 + value % 100)
    } else if day == nil, digits.count <= 2 {
      day = value
    } else if year == nil {
      year = Self.year(value, digits.count)
    } else {
      return false
    }
    return true
  }

  private static func year(_ value: Int64, _ digits: Int) -> Int64 {
    digits > 2 ? value : value < 70 ? 2_000 + value : 1_900 + value
  }

  /// `2024-05-16`, `16-May-24`, `16/05/2024`, with a time behind a T.
  private mutating func takeDate(_ word: String) -> Bool {
    let halves = word.split(maxSplits: 1) { $0 == "T" || $0 == "t" }.map(String.init)
    if halves.count == 2, halves[0].last?.isNumber ?? false {
      guard takeDate(halves[0]) else { return false }
      return takeTime(halves[1])
    }
    let parts = word.split { $0 == "-" || $0 == "/" }.map(String.init)
    guard (2...3).contains(parts.count) else { return false }
    if let named = MonthNames.month(parts[1]), parts.count == 3, let number = Int64(parts[0]),
      let last = Int64(parts[2])
    {
      month = named
      (day, year) = parts[0].count == 4 ? (last, number) : (number, Self.year(last, parts[2].count))
      return true
    }
    let numbers = parts.compactMap { Int64($0) }
    guard numbers.count == parts.count else { return false }
    if parts[0].count >= 3 {
      (year, month, day) = (numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : 1)
    } else if numbers.count == 3 {
      // The day stands first, but where it cannot be one.
      let isMonthFirst = numbers[1] > 12
      (day, month) = isMonthFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
      year = Self.year(numbers[2], parts[2].count)
    } else {
      return false
    }
    return true
  }

  // MARK: Time and zone

  private mutating func takeTime(_ word: String) -> Bool {
    guard !hasTime else { return false }
    hasTime = true
    let end = word.firstIndex { !($0.isNumber || ":.".contains($0) || $0 == ",") } ?? word.endIndex
    let clock = word[..<end].split { $0 == ":" || (!word.contains(":") && $0 == ".") }
    guard (1...3).contains(clock.count), let hour = Int64(clock[0]), hour <= 24 else {
      return false
    }
    let minute = clock.count > 1 ? Int64(clock[1]) : 0
    let second =
      clock.count > 2 ? Double(clock[2].map { $0 == "," ? "." : String($0) }.joined()) : 0
    guard let minute, let second, minute < 60, second < 61 else { return false }
    seconds = Double(hour * 3_600 + minute * 60) + min(second, 59.999_999)
    if second >= 60 { seconds = Double(hour * 3_600 + minute * 60 + 59) }
    let rest = String(word[end...])
    return rest.isEmpty || takeZone(rest)
  }

  private mutating func takeZone(_ word: String) -> Bool {
    let upper = word.uppercased()
    if let hours = Zones.offset(upper) {
      offset = hours
      return true
    }
    if let sign = upper.firstIndex(where: { $0 == "+" || $0 == "-" }) {
      let name = String(upper[..<sign])
      guard name.isEmpty || name == "GMT" || name == "UTC" || name == "Z" else { return false }
      return takeOffset(String(upper[sign...]))
    }
    if ["AM", "PM"].contains(upper) {
      isAfternoon = upper == "PM"
      return true
    }
    // Other words name no zone that we know; the date stands as UTC.
    return word.allSatisfy { $0.isLetter || "/_.".contains($0) }
  }

  private mutating func takeOffset(_ word: String) -> Bool {
    let digits = word.dropFirst().filter { $0 != ":" }
    guard digits.allSatisfy(\.isNumber), let value = Int64(digits) else { return false }
    let (hours, minutes) = digits.count <= 2 ? (value, 0) : (value / 100, value % 100)
    guard hours <= 14, minutes < 60 else { return false }
    offset = (hours * 3_600 + minutes * 60) * (word.first == "-" ? -1 : 1)
    return true
  }
}
