extension JSONReader {
  // MARK: Strings

  public mutating func string() throws(JSONError) -> String {
    if let range = try rawString() { return text(range) }
    return String(decoding: unescaped, as: UTF8.self)
  }

  public mutating func strings() throws(JSONError) -> [String] {
    var values: [String] = []
    try array { reader throws(JSONError) in values.append(try reader.string()) }
    return values
  }

  /// The name of a field.
  mutating func key() throws(JSONError) -> JSONKey {
    if let range = try rawString() { return key(range) }
    return JSONKey(unescaped)
  }

  /// Reads a string without making one.
  ///
  /// - Returns: where it stands in `bytes`; nil if it held escapes and was put together in
  ///   `unescaped`.
  mutating func rawString() throws(JSONError) -> Range<Int>? {
    guard skip("\"") else { throw error("expected a string") }
    let start = place
    place = endOfRun(from: start)
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
      try unescape(from: start)
      return nil
    }
    place += 1
    return start..<place - 1
  }

  // MARK: Other scalars

  public mutating func integer() throws(JSONError) -> Int {
    guard let whole = try wholeNumber() else { throw error("expected a whole number") }
    return whole
  }

  public mutating func number() throws(JSONError) -> Double {
    guard let value = Double(text(try numeral())) else { throw error("number out of range") }
    return value
  }

  public mutating func bool() throws(JSONError) -> Bool {
    if literal("true") { return true }
    guard literal("false") else { throw error("expected true or false") }
    return false
  }

  /// Takes a null if one is next; says whether there was one.
  public mutating func null() -> Bool {
    peek() == .null && literal("null")
  }

  /// Any number; nil if it is not whole or does not fit.
  mutating func wholeNumber() throws(JSONError) -> Int? {
    let range = try numeral()
    if range.count <= 18, let value = digits(range) { return value }
    let text = text(range)
    return Int(text) ?? Double(text).flatMap(Int.init(exactly:))
  }

  /// The value of at most 18 digits, which always fit; nil where there are other signs.
  private func digits(_ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      guard (0x30...0x39).contains(bytes[index]) else { return nil }
      value = value * 10 + Int(bytes[index] & 15)
    }
    return value
  }

  private mutating func literal(_ word: String) -> Bool {
    skipSpace()
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  /// Where a number stands, checked against the grammar of RFC 8259 §6.
  mutating func numeral() throws(JSONError) -> Range<Int> {
    skipSpace()
    let start = place
    if place < bytes.count, bytes[place] == UInt8(ascii: "-") { place += 1 }
    let isZero = place < bytes.count && bytes[place] == 0x30
    let whole = passDigits()
    guard whole > 0 else { throw error("expected a number") }
    guard !isZero || whole == 1 else {
      place -= whole - 1
      throw error("a number begins with 0")
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      guard passDigits() > 0 else { throw error("expected digits after '.'") }
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-")
      {
        place += 1
      }
      guard passDigits() > 0 else { throw error("expected digits in the exponent") }
    }
    return start..<place
  }

  private mutating func passDigits() -> Int {
    let start = place
    while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
    return place - start
  }
}
