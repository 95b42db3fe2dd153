/// Times of day and zones.
extension DateReader {
  /// `05:27`, `5:27:00.123`, `12.27` where a time is due, `0527` behind a T, `12h27`.
  mutating func takeTime() -> Bool {
    guard seconds == nil, let hour = number(0) else { return false }
    if isSign(":", 1) { return takeTime(hour.value, ":") }
    if hour.digits <= 2, let minute = number(2), minute.digits == 2 {
      if isSign(".", 1), wantsTime || isDotted { return takeTime(hour.value, ".") }
      if peek(1)?.kind == .word("h"), peek(1)?.isSpaced == false {
        place += 3
        return takeClock(hour.value, minute.value, 0)
      }
    }
    guard wantsTime, peek(-1)?.kind == .word("t") else { return false }
    return takeBasic(hour.value, hour.digits)
  }

  /// Whether `12.27` here is a time: a date stands before it, or a zone behind it.
  private var isDotted: Bool {
    if year != nil { return true }
    guard !isSign(".", 3), case .word(let word)? = peek(3)?.kind else { return false }
    return Zones.offset(word) != nil
  }

  private mutating func takeTime(_ hour: Int64, _ sign: Character) -> Bool {
    guard let minute = number(2), minute.digits <= 2 else { return false }
    var second = 0.0
    place += 3
    if isSign(sign, 0), let whole = number(1), whole.digits <= 2 {
      second = Double(whole.value)
      place += 2
      if isSign(".", 0) || isSign(",", 0), let part = number(1) {
        second += Double(part.value) / Self.power(part.digits)
        place += 2
      }
    }
    // `1:2:3:4` is no time.
    if isSign(":", 0), number(1) != nil { return false }
    return takeClock(hour, minute.value, second)
  }

  /// `T052700`, `T0527`, `T05`.
  private mutating func takeBasic(_ value: Int64, _ digits: Int) -> Bool {
    place += 1
    switch digits {
    case 2: return takeClock(value, 0, 0)
    case 4: return takeClock(value / 100, value % 100, 0)
    case 6:
      var second = Double(value % 100)
      if isSign(".", 0) || isSign(",", 0), let part = number(1) {
        second += Double(part.value) / Self.power(part.digits)
        place += 2
      }
      return takeClock(value / 10_000, value / 100 % 100, second)
    default: return false
    }
  }

  private static func power(_ digits: Int) -> Double {
    (0..<digits).reduce(1) { power, _ in power * 10 }
  }

  /// Hour 24 is the next day's 0, second 60 is 59.
  mutating func takeClock(_ hour: Int64, _ minute: Int64, _ second: Double) -> Bool {
    guard hour <= 24, minute < 60, second < 61 else { return false }
    seconds = Double(hour * 3_600 + minute * 60) + (second >= 60 ? 59 : second)
    wantsTime = false
    return true
  }

  // MARK: Zones

  /// A zone by its name, with an offset behind it or not: `WIB`, `GMT+7`, `America/Los_Angeles`.
  mutating func takeZone(_ word: String) -> Bool {
    guard zone == .open || seconds != nil else { return false }
    if let name = tokens.zoneName(at: tokens.all[place].place) {
      takeName(name)
      return true
    }
    guard let seconds = Zones.offset(word) else { return false }
    place += 1
    if seconds == 0, isSign("+", 0) || isSign("-", 0), number(1) != nil { return takeOffset() }
    // The offset before a name in brackets is the surer word.
    if zone == .open { zone = .offset(seconds) }
    return true
  }

  private mutating func takeName(_ name: String) {
    let end = tokens.all[place].place + name.utf8.count
    while let token = peek(0), token.place < end { place += 1 }
    guard zone == .open else { return }
    zone = name.lowercased() == "etc/gmt" ? .offset(0) : .named(name)
  }

  /// `+07:00`, `-0500`, `+7`: east, as people mean it.
  mutating func takeOffset() -> Bool {
    guard let (value, digits) = number(1) else { return false }
    let isWest = isSign("-", 0) || peek(0)?.kind == .sign(UInt8(ascii: "-"))
    var (hours, minutes) = digits <= 2 ? (value, 0) : (value / 100, value % 100)
    place += 2
    if digits <= 2, isSign(":", 0), let rest = number(1), rest.digits == 2 {
      minutes = rest.value
      place += 2
    }
    guard digits <= 4, hours <= 14, minutes < 60 else { return false }
    // `+0700` may stand glued to letters in no spelling that anyone knows.
    if case .word? = peek(0)?.kind, peek(0)?.isSpaced == false { return false }
    hours = (hours * 3_600 + minutes * 60) * (isWest ? -1 : 1)
    zone = .offset(Int(hours))
    return true
  }
}
