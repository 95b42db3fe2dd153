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
///
/// Replay reads every event of the log through here, so text is looked at by words and
/// names of fields are compared as numbers. The raw reads that this takes stand at the end of this
/// file, each behind a check of its bounds.
public struct JSONReader: Sendable {
  /// Deeper nesting than this is refused.
  public static let depthLimit = 256

  let bytes: [UInt8]
  /// The next byte to look at.
  var place: Int
  /// Where strings that hold escapes are put together; kept, so that a line allocates it once.
  var unescaped: [UInt8] = []
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
    try members { reader throws(JSONError) in
      let key = try reader.string()
      try reader.colon()
      try field(&reader, key)
    }
  }

  /// Reads an object whose fields have names that we know; `field` must read or skip each value.
  mutating func fields(
    _ field: (inout JSONReader, JSONKey) throws(JSONError) -> Void
  ) throws(JSONError) {
    try members { reader throws(JSONError) in
      let key = try reader.key()
      try reader.colon()
      try field(&reader, key)
    }
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

  /// Passes over one value of any kind.
  public mutating func skipValue() throws(JSONError) {
    switch peek() {
    case .object: try fields { reader, _ throws(JSONError) in try reader.skipValue() }
    case .array: try array { reader throws(JSONError) in try reader.skipValue() }
    case .string: _ = try rawString()
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

  // MARK: Parts

  private mutating func members(
    _ member: (inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    try enter("{", "an object")
    if skip("}") { return leave() }
    repeat {
      skipSpace()
      try member(&self)
    } while skip(",")
    guard skip("}") else { throw error("expected ',' or '}'") }
    leave()
  }

  private mutating func colon() throws(JSONError) {
    guard skip(":") else { throw error("expected ':' after a key") }
  }

  private mutating func enter(_ bracket: Unicode.Scalar, _ what: String) throws(JSONError) {
    guard skip(bracket) else { throw error("expected \(what)") }
    depth += 1
    guard depth <= Self.depthLimit else { throw error("nested deeper than \(Self.depthLimit)") }
  }

  private mutating func leave() {
    depth -= 1
  }

  mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }

  mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }
}

// MARK: - Raw bytes

extension JSONReader {
  /// The text of bytes that hold no escape; what is not UTF-8 in them becomes U+FFFD.
  func text(_ range: Range<Int>) -> String {
    unsafe bytes.withUnsafeBufferPointer { all in
      unsafe String(decoding: UnsafeBufferPointer(rebasing: all[range]), as: UTF8.self)
    }
  }

  /// Where bytes that stand for themselves end: at a quote, a backslash, a control or the end.
  func endOfRun(from start: Int) -> Int {
    unsafe bytes.withUnsafeBytes { all in
      var at = start
      // A text is long: four words at a time, which the compiler makes one vector of.
      while at <= all.count - 32 {
        var signs: UInt64 = 0
        for word in 0..<4 {
          signs |= Self.signs(
            in: unsafe all.loadUnaligned(fromByteOffset: at + 8 * word, as: UInt64.self))
        }
        if signs != 0 { break }
        at += 32
      }
      while at <= all.count - 8 {
        let word = unsafe all.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let signs = Self.signs(in: UInt64(littleEndian: word))
        if signs != 0 { return at + signs.trailingZeroBitCount / 8 }
        at += 8
      }
      while at < all.count, unsafe !Self.isSign(all[at]) { at += 1 }
      return at
    }
  }

  /// The top bit of the lowest byte of `word` that is a quote, a backslash or a control.
  ///
  /// A byte is 0 if taking 1 from it borrows and its top bit was clear, and below 32 if taking 32
  /// does. A borrow reaches only bytes above a hit, so the lowest one found is always true.
  private static func signs(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let backslashes = word ^ (ones &* 0x5C)
    let found =
      (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
      | (word &- ones &* 0x20) & ~word
    return found & (ones &* 0x80)
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20
  }

  /// Appends bytes of the text to `unescaped`.
  mutating func keep(_ range: Range<Int>) {
    let bytes = bytes
    unsafe bytes.withUnsafeBufferPointer { all in
      unsafe unescaped.append(contentsOf: UnsafeBufferPointer(rebasing: all[range]))
    }
  }

  /// The key in `range`, which holds no escape.
  func key(_ range: Range<Int>) -> JSONKey {
    guard range.lowerBound + JSONKey.limit <= bytes.count else { return JSONKey(bytes[range]) }
    return unsafe bytes.withUnsafeBytes { all in
      let first = unsafe all.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self)
      let next = unsafe all.loadUnaligned(fromByteOffset: range.lowerBound + 8, as: UInt64.self)
      return JSONKey(UInt64(littleEndian: first), UInt64(littleEndian: next), count: range.count)
    }
  }
}

/// The name of a field, to be compared with those we know without making a String of it.
///
/// In `switch key { case "title": … }` the literal is a number when compiled, so that each case is a
/// comparison of two or three numbers.
struct JSONKey: Hashable, Sendable {
  /// Longer names than this are none of ours.
  static let limit = 16

  private let count: Int
  /// The first eight bytes and the next, the first lowest; 0 beyond the end.
  private let head: UInt64
  private let tail: UInt64

  init(_ name: some Collection<UInt8>) {
    var words: (UInt64, UInt64) = (0, 0)
    for (index, byte) in name.prefix(Self.limit).enumerated() {
      if index < 8 {
        words.0 |= UInt64(byte) << UInt64(8 * index)
      } else {
        words.1 |= UInt64(byte) << UInt64(8 * index - 64)
      }
    }
    self.init(words.0, words.1, count: name.count)
  }

  /// A name of `count` bytes that begins with `head` and `tail`; what these hold beyond is ignored.
  @inline(__always)
  init(_ head: UInt64, _ tail: UInt64, count: Int) {
    self.count = count
    self.head = count < 8 ? head & ~(~0 << UInt64(8 * count)) : head
    self.tail = count < 16 ? tail & ~(~0 << UInt64(8 * max(0, count - 8))) : tail
  }

  @inline(__always)
  static func ~= (name: StaticString, key: JSONKey) -> Bool {
    precondition(name.utf8CodeUnitCount <= limit, "a field's name is too long to be compared")
    return name.utf8CodeUnitCount == key.count && word(name, from: 0) == key.head
      && word(name, from: 8) == key.tail
  }

  @inline(__always)
  private static func word(_ name: StaticString, from start: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in start..<max(start, min(name.utf8CodeUnitCount, start + 8)) {
      word |= unsafe UInt64(name.utf8Start[index]) &<< UInt64(8 * (index - start))
    }
    return word
  }
}
