/// What was wrong with a JSON document, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// From 1.
  public var line: Int
  /// In bytes, from 1.
  public var column: Int
  public var what: String

  public var description: String { "line \(line), column \(column): \(what)" }
}

/// A pull reader of JSON (RFC 8259) over UTF-8 bytes.
///
/// The caller says what it expects and gets it or an error with its place; nothing is built that
/// nobody asked for. One reader serves the log, JSON Feed and the JSON Lines inputs. Nesting is
/// bounded, bytes that are not UTF-8 become U+FFFD.
public struct JSONReader: Sendable {
  /// Deeper nesting than this is refused.
  public static let depthLimit = 256

  let bytes: [UInt8]
  private var place: Int
  private var depth = 0

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// What kind of value comes next, by its first byte; nil at the end.
  public enum Kind: Hashable, Sendable { case object, array, string, number, bool, null, unknown }

  public mutating func peek() -> Kind? {
    skipSpace()
    guard place < bytes.count else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), 0x30...0x39: return .number
    default: return .unknown
    }
  }

  // MARK: Containers

  /// Reads an object; `field` must read or skip the value of each key.
  public mutating func object(
    _ field: (inout JSONReader, String) throws(JSONError) -> Void
  ) throws(JSONError) {
    try enter("{", "an object")
    if skip("}") { return leave() }
    repeat {
      skipSpace()
      let key = try string()
      guard skip(":") else { throw error("expected ':' after a key") }
      try field(&self, key)
    } while skip(",")
    guard skip("}") else { throw error("expected ',' or '}'") }
    leave()
  }

  /// Reads an array; `element` must read or skip each value.
  public mutating func array(
    _ element: (inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    try enter("[", "an array")
    if skip("]") { return leave() }
    repeat { try element(&self) } while skip(",")
    guard skip("]") else { throw error("expected ',' or ']'") }
    leave()
  }

  // MARK: Scalars

  public mutating func string() throws(JSONError) -> String {
    guard skip("\"") else { throw error("expected a string") }
    let start = place
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        place += 1
        return String(decoding: bytes[start..<place - 1], as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw error("control character in a string") }
      place += 1
    }
    throw error("string is not closed")
  }

  public mutating func strings() throws(JSONError) -> [String] {
    var values: [String] = []
    try array { reader throws(JSONError) in values.append(try reader.string()) }
    return values
  }

  public mutating func integer() throws(JSONError) -> Int {
    let text = try numeral()
    if let value = Int(text) { return value }
    guard let value = Double(text), let whole = Int(exactly: value) else {
      throw error("expected a whole number")
    }
    return whole
  }

  public mutating func number() throws(JSONError) -> Double {
    guard let value = Double(try numeral()) else { throw error("number out of range") }
    return value
  }

  public mutating func bool() throws(JSONError) -> Bool {
    if literal("true") { return true }
    guard literal("false") else { throw error("expected true or false") }
    return false
  }

  /// Takes a null if one is next; says whether there was one.
  public mutating func null() -> Bool {
    literal("null")
  }

  /// Passes over one value of any kind.
  public mutating func skipValue() throws(JSONError) {
    switch peek() {
    case .object: try object { reader, _ throws(JSONError) in try reader.skipValue() }
    case .array: try array { reader throws(JSONError) in try reader.skipValue() }
    case .string: _ = try string()
    case .number: _ = try numeral()
    case .bool: _ = try bool()
    case .null where null(): break
    default: throw error("expected a value")
    }
  }

  /// Refuses anything but white space after the document.
  public mutating func end() throws(JSONError) {
    skipSpace()
    guard place == bytes.count else { throw error("unexpected text after the value") }
  }

  /// An error at the place reached.
  public func error(_ what: String) -> JSONError {
    var line = 1
    var lineStart = 0
    for index in 0..<min(place, bytes.count) where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    return JSONError(line: line, column: place - lineStart + 1, what: what)
  }
}

// MARK: - Parts

extension JSONReader {
  private mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }

  private mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }

  private mutating func enter(_ bracket: Unicode.Scalar, _ what: String) throws(JSONError) {
    guard skip(bracket) else { throw error("expected \(what)") }
    depth += 1
    guard depth <= Self.depthLimit else { throw error("nested deeper than \(Self.depthLimit)") }
  }

  private mutating func leave() {
    depth -= 1
  }

  private mutating func literal(_ word: StaticString) -> Bool {
    skipSpace()
    let wanted = Array(word.description.utf8)
    guard bytes[place...].starts(with: wanted) else { return false }
    place += wanted.count
    return true
  }

  /// The text of a number, checked against the grammar of RFC 8259 §6.
  private mutating func numeral() throws(JSONError) -> String {
    skipSpace()
    let start = place
    if place < bytes.count, bytes[place] == UInt8(ascii: "-") { place += 1 }
    let isZero = place < bytes.count && bytes[place] == 0x30
    let whole = digits()
    guard whole > 0 else { throw error("expected a number") }
    guard !isZero || whole == 1 else {
      place -= whole - 1
      throw error("a number begins with 0")
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      guard digits() > 0 else { throw error("expected digits after '.'") }
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-")
      {
        place += 1
      }
      guard digits() > 0 else { throw error("expected digits in the exponent") }
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = place
    while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
    return place - start
  }

  /// The rest of a string that holds an escape; `place` is at its first backslash.
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var text = Array(bytes[start..<place])
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20: throw error("control character in a string")
      default: text.append(byte)
      }
    }
    throw error("string is not closed")
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    guard place < bytes.count else { throw error("string is not closed") }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("unknown escape")
    }
  }

  /// One scalar of one or two `\u` units; a lone surrogate is U+FFFD.
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let unit = try hexUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, bytes[place...].starts(with: [0x5C, 0x75]) else { return "\u{fffd}" }
    let retreat = place
    place += 2
    let low = try hexUnit()
    guard (0xDC00...0xDFFF).contains(low) else {
      place = retreat
      return "\u{fffd}"
    }
    return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00)
      ?? "\u{fffd}"
  }

  private mutating func hexUnit() throws(JSONError) -> UInt16 {
    guard place + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw error("expected four hexadecimal digits") }
    place += 4
    return unit
  }
}
