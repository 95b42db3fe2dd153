import Core

/// Makes a date of its tokens: each is a part of a day, of a time or of a zone by what stands around it.
struct DateReader {
  let tokens: DateTokens
  var place = 0
  var year: Int64?
  var month: Int64?
  var day: Int64?
  /// The day of a year, as ISO 8601 counts them.
  var ordinal: Int64?
  /// Seconds of the day.
  var seconds: Double?
  var zone = FeedDate.Zone.open
  var isAfternoon: Bool?
  /// Whether the first word named a month, which may be a weekday after all: `mar.` is a Tuesday.
  var isMonthFirst = false
  var strangers = 0
  /// A word behind the time that names no zone that we know.
  var stranger: String?
  /// Whether a word such as `pukul` announced a time.
  var wantsTime = false
  /// Whether the month stands first in a date of numbers, as in the United States.
  let isAmerican: Bool
  /// Whether no word may stand in it that dates do not have.
  let isStrict: Bool

  /// Whether a century may be left out, as ISO 8601 does.
  let isShort: Bool

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
}
