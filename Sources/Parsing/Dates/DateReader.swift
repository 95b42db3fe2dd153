import Core

/// Makes a date of its tokens: each is a part of a day, of a time or of a zone by what stands around it.
struct DateReader {
  let tokens: DateTokens
  var place = 0
  var year: Int64?
  var month: Int64?
  var day: Int64?
  /// The day of a year, as ISO 8601 counts them.
  private var ordinal: Int64?
  /// Seconds of the day.
  var seconds: Double?
  var zone = FeedDate.Zone.open
  var isAfternoon: Bool?
  /// Whether the first word named a month, which may be a weekday after all: `mar.` is a Tuesday.
  private var isMonthFirst = false
  private var strangers = 0
  /// A word behind the time that names no zone that we know.
  private(set) var stranger: String?
  /// Whether a word such as `pukul` announced a time.
  var wantsTime = false
  /// Whether the month stands first in a date of numbers, as in the United States.
  private let isAmerican: Bool
  /// Whether no word may stand in it that dates do not have.
  private let isStrict: Bool

  /// Whether a century may be left out, as ISO 8601 does.
  private let isShort: Bool

  init(
    _ tokens: DateTokens, isStrict: Bool = false, isAmerican: Bool = false, isShort: Bool = true
  ) {
    self.tokens = tokens
    (self.isStrict, self.isAmerican, self.isShort) = (isStrict, isAmerican, isShort)
  }

  /// The date; nil where a token fits nowhere, or the day or hour cannot be.
  mutating func read() -> FeedDate? {
    if let stamp = unixTime { return stamp }
    if tokens.all.count <= 2, takeDigits() { return finished }
    while place < tokens.all.count {
      guard takeToken() else { return nil }
    }
    return finished
  }

  private mutating func takeToken() -> Bool {
    switch tokens.all[place].kind {
    case .number: takeTime() || takeNumbers() || takeNumber()
    case .word(let word): takeWord(word)
    case .sign(let sign): takeSign(sign)
    }
  }

  private var finished: FeedDate? {
    guard let year, (1970...2199).contains(year) else { return nil }
    // A year alone names its first day; one among words that name nothing does not.
    if month == nil, ordinal == nil, day != nil || tokens.all.count > 1 { return nil }
    if isStrict, day == nil, ordinal == nil { return nil }
    guard let days = days(year) else { return nil }
    var time = seconds ?? 0
    if let isAfternoon {
      let hour = (time / 3600).rounded(.down)
      if isAfternoon, hour < 12 { time += 43_200 }
      if !isAfternoon, hour == 12 { time -= 43_200 }
    }
    return FeedDate(clock: Double(days * 86_400) + time, zone: zone, hasTime: seconds != nil)
  }

  private func days(_ year: Int64) -> Int64? {
    if let ordinal {
      guard ordinal >= 1, ordinal <= (Self.days(in: 2, year) == 29 ? 366 : 365) else { return nil }
      return Timestamp.days(year: year, month: 1, day: 1) + ordinal - 1
    }
    let (month, day) = (month ?? 1, day ?? 1)
    guard (1...12).contains(month), day >= 1, day <= Self.days(in: month, year) else { return nil }
    return Timestamp.days(year: year, month: month, day: day)
  }

  private static func days(in month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // MARK: Looking

  /// The token `ahead` of this one.
  func peek(_ ahead: Int = 1) -> DateTokens.Token? {
    place + ahead < tokens.all.count ? tokens.all[place + ahead] : nil
  }

  /// The number `ahead`, if no blank stands before it.
  func number(_ ahead: Int) -> (value: Int64, digits: Int)? {
    guard let token = peek(ahead), case .number(let value, let digits) = token.kind,
      ahead == 0 || !token.isSpaced
    else { return nil }
    return (value, digits)
  }

  func isSign(_ sign: Character, _ ahead: Int) -> Bool {
    guard let token = peek(ahead), !token.isSpaced, let byte = sign.asciiValue else { return false }
    return token.kind == .sign(byte)
  }

  // MARK: Digits alone

  /// 10 digits are seconds since 1970, 13 milliseconds; so is what JSON of Microsoft wraps in `/Date()/`.
  private var unixTime: FeedDate? {
    var kinds = tokens.all.map(\.kind)
    if kinds.starts(with: [.sign(0x2F), .word("date"), .sign(0x28)]) {
      kinds = Array(kinds[3...].prefix { $0 != .sign(0x29) && $0 != .sign(0x2B) })
      guard case .number(let value, _)? = kinds.first, kinds.count == 1 else { return nil }
      return stamp(Double(value) / 1_000)
    }
    guard kinds.count == 1, case .number(let value, let digits) = kinds[0] else { return nil }
    switch digits {
    case 10: return stamp(Double(value))
    case 13: return stamp(Double(value) / 1_000)
    default: return nil
    }
  }

  private func stamp(_ seconds: Double) -> FeedDate? {
    seconds < 7_258_118_400
      ? FeedDate(clock: seconds, zone: .offset(0), hasTime: true) : nil
  }

  /// ISO 8601 without signs, and with its centuries left out: `2003335`, `031231`, `03335`, `-0312`.
  private mutating func takeDigits() -> Bool {
    let hasDash = tokens.all[0].kind == .sign(0x2D)
    guard tokens.all.count == (hasDash ? 2 : 1),
      case .number(let value, let digits) = tokens.all[hasDash ? 1 : 0].kind
    else { return false }
    switch (digits, hasDash) {
    case (4, false): year = value
    case (7, false): (year, ordinal) = (value / 1_000, value % 1_000)
    case (4, true) where isShort: (year, month) = (2_000 + value / 100, value % 100)
    case (5, false) where isShort: (year, ordinal) = (2_000 + value / 1_000, value % 1_000)
    case (6, false) where isShort:
      (year, month, day) = (2_000 + value / 10_000, value / 100 % 100, value % 100)
    default: return false
    }
    return true
  }

  static func year(_ value: Int64, _ digits: Int) -> Int64 {
    digits > 2 ? value : value < 70 ? 2_000 + value : 1_900 + value
  }

  // MARK: Numbers with signs between

  /// `2024-05-16`, `16-May-24`, `16/05/2024`, `16.05.2024`, `2003-335`.
  private mutating func takeNumbers() -> Bool {
    guard let first = number(0), year == nil else { return false }
    for sign in "-/." where isSign(sign, 1) {
      if let second = number(2) {
        guard isSign(sign, 3), let third = number(4), third.digits <= 4 else {
          return sign == "-" && takeYearFirst(first, second)
        }
        place += 5
        return takeDay(first, second, third, sign)
      }
      if case .word(let word)? = peek(2)?.kind, sign != ".", isSign(sign, 3),
        let named = MonthNames.month(word), let third = number(4)
      {
        place += 5
        month = named
        let isYearFirst = first.digits == 4
        day = isYearFirst ? third.value : first.value
        year = isYearFirst ? first.value : Self.year(third.value, third.digits)
        return true
      }
    }
    return false
  }

  /// `2024-05`, `2003-335`, `-03-12`.
  private mutating func takeYearFirst(
    _ first: (value: Int64, digits: Int), _ second: (value: Int64, digits: Int)
  ) -> Bool {
    // A century may be left out behind a first dash only.
    let hasDash = isShort && place == 1 && tokens.all[0].kind == .sign(0x2D)
    guard first.digits == 4 || (hasDash && first.digits == 2) else { return false }
    place += 3
    year = first.digits == 4 ? first.value : 2_000 + first.value
    if second.digits == 3 { ordinal = second.value } else { month = second.value }
    return true
  }

  private mutating func takeDay(
    _ first: (value: Int64, digits: Int), _ second: (value: Int64, digits: Int),
    _ third: (value: Int64, digits: Int), _ sign: Character
  ) -> Bool {
    if first.digits >= 3 {
      (year, month, day) = (first.value, second.value, third.value)
    } else if isShort, sign == "-", third.digits <= 2 {
      (year, month, day) = (2_000 + first.value, second.value, third.value)
    } else {
      // The day stands first, but where it cannot be one.
      let isMonthFirst = second.value > 12 || (isAmerican && sign == "/" && first.value <= 12)
      (month, day) =
        isMonthFirst ? (first.value, second.value) : (second.value, first.value)
      year = Self.year(third.value, third.digits)
    }
    return true
  }

  // MARK: One number

  private mutating func takeNumber() -> Bool {
    guard let (value, digits) = number(0) else { return false }
    place += 1
    if case .word(let word)? = peek(0)?.kind, takeUnit(word, value) {
      place += 1
      return true
    }
    switch digits {
    case 8 where year == nil:
      (year, month, day) = (value / 10_000, value / 100 % 100, value % 100)
    case 12 where year == nil, 14 where year == nil:
      let whole = digits == 14 ? value : value * 100
      (year, month) = (whole / 10_000_000_000, whole / 100_000_000 % 100)
      day = whole / 1_000_000 % 100
      return takeClock(whole / 10_000 % 100, whole / 100 % 100, Double(whole % 100))
    case 1...2 where day == nil: day = value
    case 2 where year == nil, 4 where year == nil: year = Self.year(value, digits)
    default: return false
    }
    return true
  }

  /// What Chinese, Japanese and Korean write behind the numbers of a date.
  private mutating func takeUnit(_ word: String, _ value: Int64) -> Bool {
    switch word {
    case "年": year = value
    case "년":
      year = value
      // Written so in one zone only.
      if zone == .open { zone = .offset(32_400) }
    case "月", "월": month = value
    case "日", "일", "号": day = value
    default: return false
    }
    return true
  }

  // MARK: Words

  private mutating func takeWord(_ word: String) -> Bool {
    let isFirst = place == 0
    if seconds == nil, word == "t", !(peek(0)?.isSpaced ?? true), year != nil {
      wantsTime = true
      place += 1
      return true
    }
    if takeHalf(word) || takeMonth(word, isFirst) { return true }
    // `at` announces a time; behind one it is Atlantic Time.
    if seconds != nil, Zones.offset(word) != nil, takeZone(word) { return true }
    if DateWords.clocks.contains(word) { wantsTime = true }
    if DateWords.ignored.contains(word) {
      place += 1
      return true
    }
    if year != nil || seconds != nil, takeZone(word) { return true }
    place += 1
    if isStrict { return isFirst && DateWords.isWeekday(word) }
    // A weekday may stand first; other words name nothing that we know, so there are few of them.
    if !isFirst { strangers += 1 }
    if seconds != nil, zone == .open, stranger == nil { stranger = word.uppercased() }
    return strangers <= 3
  }

  private mutating func takeMonth(_ word: String, _ isFirst: Bool) -> Bool {
    guard month == nil || isMonthFirst, year == nil || month == nil, ordinal == nil else {
      return false
    }
    var named = MonthNames.month(word)
    var length = 1
    if named == nil, case .word(let second)? = peek(1)?.kind {
      named = MonthNames.month(word + " " + second)
      length = 2
    }
    guard let named else { return false }
    isMonthFirst = isFirst
    month = named
    place += length
    return true
  }

  /// The half of the day: `PM`, `a.m.`, `오후`.
  private mutating func takeHalf(_ word: String) -> Bool {
    var half = DateWords.halves[word]
    var length = 1
    if word == "a" || word == "p", isSign(".", 1), peek(2)?.kind == .word("m") {
      half = word == "p"
      length = isSign(".", 3) ? 4 : 3
    }
    guard let half else { return false }
    isAfternoon = half
    place += length
    return true
  }

  // MARK: Signs

  private mutating func takeSign(_ sign: UInt8) -> Bool {
    let isOffset = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
    if isOffset, year != nil || seconds != nil, number(1) != nil { return takeOffset() }
    // What stands in brackets behind a zone names it once more, at length.
    if sign == UInt8(ascii: "("), zone != .open, seconds != nil {
      while let token = peek(0), token.kind != .sign(UInt8(ascii: ")")) { place += 1 }
      return true
    }
    let isIgnored = ",.()-|/[]'·•;".utf8.contains(sign) || (sign == UInt8(ascii: ":") && !isStrict)
    // A number follows a colon only inside a time.
    if sign == UInt8(ascii: ":"), number(1) != nil { return false }
    place += 1
    return isIgnored
  }
}
