public import FoundationEssentials

/// The only writer of JSON: compact, UTF-8, keys in the order they are given.
///
/// Beside what RFC 8259 §7 asks for it escapes every character that could act on a terminal or
/// change the direction of what is read: C1 controls (U+009B begins an escape sequence), soft
/// hyphen, line and paragraph separators, bidirectional controls, byte order marks and tags.
/// Foundation's encoder lets those pass. Every event that is appended is written here, so text that
/// needs no escape is found eight bytes at a time and copied; the raw reads stand at the end.
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  /// Whether the next value is the first of its list or object, or stands behind its key.
  private var isFirst = true

  public init() {}

  /// A writer with room for so many bytes, of something whose size is roughly known.
  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Values

  public mutating func string(_ value: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    append(escaping: value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// A string of characters that never need an escape.
  private mutating func quoted(_ write: (inout [UInt8]) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    write(&bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  public mutating func integer(_ value: some BinaryInteger) {
    literal(String(value))
  }

  /// A number; what JSON cannot say (infinite, not a number) is written as null.
  public mutating func number(_ value: Double) {
    guard value.isFinite else { return null() }
    literal(value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value))
  }

  public mutating func bool(_ value: Bool) {
    literal(value ? "true" : "false")
  }

  public mutating func null() {
    literal("null")
  }

  /// JSON that this writer made before, put in as it stands.
  public mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
  }

  public mutating func object(_ fields: (inout JSONWriter) -> Void) {
    open("{")
    fields(&self)
    close("}")
  }

  public mutating func array<Values: Sequence>(
    _ values: Values, _ each: (inout JSONWriter, Values.Element) -> Void
  ) {
    open("[")
    for value in values { each(&self, value) }
    close("]")
  }

  // MARK: Fields; one without a value is left out

  /// Begins a field; the next value written is its value.
  public mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    isFirst = true
  }

  public mutating func field(_ name: String, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  public mutating func field(_ name: String, _ value: (some BinaryInteger)?) {
    guard let value else { return }
    key(name)
    integer(value)
  }

  public mutating func field(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  public mutating func field(_ name: String, number value: Double?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  public mutating func field(_ name: String, _ value: Date?) {
    guard let value else { return }
    key(name)
    quoted { Timestamp.append(value, to: &$0) }
  }

  public mutating func field(_ name: String, _ value: Digest) {
    key(name)
    quoted { value.append(to: &$0) }
  }

  public mutating func field(_ name: String, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }

  public mutating func field(_ name: String, object fields: (inout JSONWriter) -> Void) {
    key(name)
    object(fields)
  }

  // MARK: Parts

  private mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: bracket))
    isFirst = true
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    isFirst = false
  }

  /// Appends `value`; runs that need no escape, nearly always all of it, are copied in one piece.
  private mutating func append(escaping value: String) {
    var value = value
    value.withUTF8 { text in
      var start = 0
      while start < text.count {
        let end = unsafe Self.endOfRun(text, from: start)
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
        guard end < text.count else { return }
        let (scalar, length) = unsafe Self.scalar(text, at: end)
        append(escape: scalar)
        start = end + length
      }
    }
  }

  private mutating func append(escape scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes.append(contentsOf: "\\\"".utf8)
    case "\\": bytes.append(contentsOf: "\\\\".utf8)
    case "\n": bytes.append(contentsOf: "\\n".utf8)
    case "\r": bytes.append(contentsOf: "\\r".utf8)
    case "\t": bytes.append(contentsOf: "\\t".utf8)
    default:
      for unit in scalar.utf16 {
        bytes.append(contentsOf: "\\u".utf8)
        for shift: UInt16 in [12, 8, 4, 0] { bytes.append(Self.hexDigit(unit >> shift & 15)) }
      }
    }
  }

  private static func hexDigit(_ value: UInt16) -> UInt8 {
    UInt8(value) + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
  }
}

// MARK: - Raw bytes

extension JSONWriter {
  /// Where bytes that stand for themselves end: before a character to be escaped, or at the end.
  private static func endOfRun(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = unsafe endOfPlain(text, from: start)
    while at < text.count {
      // Letters beyond ASCII come together.
      repeat {
        if unsafe needsEscape(text, at: at) { return at }
        at += 1
      } while unsafe at < text.count && text[at] >= 0x80
      at = unsafe endOfPlain(text, from: at)
    }
    return at
  }

  /// Where printable ASCII without quotes and backslashes ends.
  private static func endOfPlain(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(text)
    var at = start
    while at <= text.count - 8 {
      let word = unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let signs = signs(in: UInt64(littleEndian: word))
      if signs != 0 { return at + signs.trailingZeroBitCount / 8 }
      at += 8
    }
    return unsafe at + signs(in: lastWord(text, from: at)).trailingZeroBitCount / 8
  }

  /// The last bytes, fewer than eight, the first lowest; above them 0, which counts as a sign.
  private static func lastWord(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
    let count = text.count - start
    guard text.count >= 8 else {
      var word: UInt64 = 0
      for index in 0..<count { word |= unsafe UInt64(text[start + index]) << UInt64(8 * index) }
      return word
    }
    let raw = UnsafeRawBufferPointer(text)
    let word = unsafe raw.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self)
    return UInt64(littleEndian: word) >> UInt64(64 - 8 * count)
  }

  /// The top bit of the lowest byte of `word` that is no printable ASCII, a quote or a backslash.
  ///
  /// All bytes below it are ASCII, so no sum or difference has carried into it from them.
  private static func signs(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let backslashes = word ^ (ones &* 0x5C)
    let found =
      word | (word &+ ones) | (quotes &- ones) | (backslashes &- ones) | (word &- ones &* 0x20)
    return found & (ones &* 0x80)
  }

  private static func needsEscape(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    guard unsafe mayNeedEscape(text[place]) else { return false }
    let (scalar, _) = unsafe scalar(text, at: place)
    return SafeText.isUnsafe(scalar) || scalar == "\"" || scalar == "\\"
  }

  /// Whether `byte` is, or begins, a character that may have to be escaped.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, 0x22, 0x5C, 0x7F, 0xC2, 0xD8, 0xE2, 0xEF, 0xF3: true
    default: false
    }
  }

  /// The character whose first byte is at `place`, and how many it has; a String's UTF-8 is valid.
  private static func scalar(
    _ text: UnsafeBufferPointer<UInt8>, at place: Int
  ) -> (scalar: Unicode.Scalar, length: Int) {
    let first = unsafe text[place]
    guard first >= 0x80 else { return (Unicode.Scalar(first), 1) }
    let length = (~first).leadingZeroBitCount
    var value = UInt32(first & (0xFF >> UInt8(length + 1)))
    for index in place + 1..<place + length {
      value = unsafe value << 6 | UInt32(text[index] & 0x3F)
    }
    return (Unicode.Scalar(value) ?? "\u{fffd}", length)
  }
}
