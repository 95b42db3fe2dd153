/// Dates of digits: alone, with signs between, with words of Chinese, Japanese and Korean behind.
extension DateReader {
  // MARK: Digits alone

  /// 10 digits are seconds since 1970, 13 milliseconds; so is what JSON of Microsoft wraps in `/Date()/`.
  var unixTime: FeedDate? {
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
  mutating func takeDigits() -> Bool {
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
  mutating func takeNumbers() -> Bool {
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

  mutating func takeNumber() -> Bool {
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
}
