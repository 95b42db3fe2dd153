/// Months, halves of the day, zones and what may stand between them.
extension DateReader {
  // MARK: Words

  mutating func takeWord(_ word: String) -> Bool {
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

  mutating func takeSign(_ sign: UInt8) -> Bool {
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
