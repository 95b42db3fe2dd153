import Text

/// A document as text, whatever its bytes claim to be.
///
/// One bad byte never costs a feed: it becomes U+FFFD.
struct Decoding {
  let text: CleanText
  private(set) var warning: String?
  /// Characters that could not be read.
  private var bad = 0

  /// The whole as UTF-8.
  var bytes: [UInt8] { text.utf8 }

  /// Decides by byte order mark, then by the bytes themselves, then by what is declared.
  init(_ input: [UInt8], contentType: String?) throws(FeedParseError) {
    if let (name, skip) = Self.mark(input) {
      self = try Self(input[skip...], from: name)
      return
    }
    let declared = Self.declared(input)
    let header = contentType.flatMap(Self.charset)
    let survey = UTF8Survey(input, badLimit: Self.sample)
    let names = [header, declared].compactMap { $0.map(EncodingLabel.canonical) }
    if survey.bad > 0 {
      self = Self.repaired(input, survey, names)
    } else {
      let other =
        survey.isASCII ? Self.escaped(input, names.first) : Self.doubleByte(input, survey, names)
      self = other ?? Decoding(CleanText(input, survey), nil)
    }
  }

  /// Bad pieces after which it is plain how much of a document is UTF-8.
  private static let sample = 1_000

  /// ASCII that escapes to another set (ISO-2022, HZ); nil for any other.
  private static func escaped(_ input: [UInt8], _ name: String?) -> Decoding? {
    if name == EncodingLabel.hz { return try? Decoding(HZ.plain(input)[...], from: "GB18030") }
    guard let name, name.hasPrefix("ISO-2022") else { return nil }
    let decoded = try? Decoding(input[...], from: name)
    return decoded.flatMap { $0.bad * 4 <= input.count ? $0 : nil }
  }

  /// A set of two bytes a character that is declared where so little is UTF-8 that it may be by chance.
  private static func doubleByte(
    _ input: [UInt8], _ survey: UTF8Survey, _ names: [String]
  ) -> Decoding? {
    guard survey.sequences < 4, let name = names.first, EncodingLabel.keepsASCII(name),
      !names.contains("UTF-8"), input.count(where: { $0 >= 0x80 }) == 2 * survey.sequences
    else { return nil }
    let decoded = try? Decoding(input[...], from: name)
    return decoded.flatMap { $0.bad == 0 ? $0 : nil }
  }

  /// No valid UTF-8: one bad byte in much of it, or what is declared, or windows-1252.
  private static func repaired(
    _ input: [UInt8], _ survey: UTF8Survey, _ declared: [String]
  ) -> Decoding {
    // No other encoding looks like UTF-8 by chance so often; servers declare Latin-1 for all they have.
    if survey.sequences > survey.bad * 4 { return Decoding(repairing: input) }
    // A name that decodes hardly half of what is not ASCII is the wrong one.
    let high = input.count { $0 >= 0x80 }
    var spare: Decoding?
    for name in declared.distinct where name != "UTF-8" {
      guard let decoded = try? Decoding(input[...], from: name, badLimit: high / 2),
        decoded.bad <= high / 2
      else { continue }
      // One that fails gives way to the next that does not; few bad bytes are damage in any.
      if decoded.bad * 20 <= high { return decoded }
      spare = spare ?? decoded
    }
    if let spare { return spare }
    if survey.bad > survey.sequences, let decoded = try? Decoding(input[...], from: "WINDOWS-1252")
    {
      return Decoding(decoded.text, "line 1: not UTF-8, read as windows-1252")
    }
    return Decoding(repairing: input)
  }

  private init(_ text: CleanText, _ warning: String?) {
    (self.text, self.warning) = (text, warning)
  }

  /// UTF-8 in which each bad piece becomes U+FFFD.
  private init(repairing input: [UInt8]) {
    let survey = UTF8Survey(input)
    let isGood = survey.bad == 0
    self.init(
      CleanText(input, survey), isGood ? nil : "line 1: \(survey.bad) characters are not UTF-8")
  }

  /// From the encoding called `name`: by a table where it has a byte a character, else by iconv.
  private init(
    _ input: ArraySlice<UInt8>, from name: String, badLimit: Int? = nil
  ) throws(FeedParseError) {
    if name == "UTF-8" {
      self.init(CleanText(Array(input)), nil)
      return
    }
    if EncodingLabel.isSingleByte(name) {
      let table = try SingleByteTable.named(name)
      let survey = table.survey(input)
      let text = CleanText(Array(input), hasControls: survey.hasControls) { table.decode($0) }
      self.init(text, bad: survey.bad, of: name)
    } else {
      let (bytes, bad) = try Iconv.decode(input, from: name, badLimit: badLimit)
      self.init(CleanText(bytes), bad: bad, of: name)
    }
  }

  private init(_ text: CleanText, bad: Int, of name: String) {
    self.init(text, bad > 0 ? "line 1: \(bad) characters are not \(name)" : nil)
    self.bad = bad
  }

  // MARK: What a document says of itself

  private static func mark(_ bytes: [UInt8]) -> (name: String, skip: Int)? {
    switch bytes.prefix(4) {
    case let head where head.starts(with: [0xEF, 0xBB, 0xBF]): ("UTF-8", 3)
    case [0xFF, 0xFE, 0, 0]: ("UTF-32LE", 4)
    case [0, 0, 0xFE, 0xFF]: ("UTF-32BE", 4)
    case let head where head.starts(with: [0xFF, 0xFE]): ("UTF-16LE", 2)
    case let head where head.starts(with: [0xFE, 0xFF]): ("UTF-16BE", 2)
    case let head where head.count == 4 && isFirst(head[0]) && head[1] == 0 && head[3] == 0:
      head[2] == 0 ? ("UTF-32LE", 0) : ("UTF-16LE", 0)
    case let head where head.count == 4 && head[0] == 0 && isFirst(head[1]) && head[2] == 0:
      ("UTF-16BE", 0)
    default: nil
    }
  }

  /// Whether a document may begin with `byte`.
  private static func isFirst(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "<") || byte == UInt8(ascii: "{")
  }

  /// The encoding of `<?xml … encoding="…"?>`, or of a page's `<meta charset=…>`.
  private static func declared(_ bytes: [UInt8]) -> String? {
    let head = String(decoding: bytes.prefix(1_024), as: UTF8.self)
    guard let start = head.firstRange(of: "<?xml"),
      let end = head[start.upperBound...].firstRange(of: "?>")
    else { return head.lowercased().split(separator: "<").lazy.compactMap(ofMeta).first }
    let inside = head[start.upperBound..<end.lowerBound]
    guard let name = inside.firstRange(of: "encoding") else { return nil }
    let rest = inside[name.upperBound...].drop { $0.isWhitespace || $0 == "=" }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    return String(rest.dropFirst().prefix { $0 != quote })
  }

  /// The encoding that a tag, in small letters and without its `<`, names for its page.
  private static func ofMeta(_ tag: Substring) -> String? {
    tag.hasPrefix("meta") ? charset(String(tag.prefix { $0 != ">" })) : nil
  }

  static func charset(_ contentType: String) -> String? {
    let lower = contentType.lowercased()
    guard let range = lower.firstRange(of: "charset=") else { return nil }
    let value = lower[range.upperBound...].drop { "\"' ".contains($0) }
    return String(value.prefix { !"\"'; ,".contains($0) }).nonEmpty
  }
}
