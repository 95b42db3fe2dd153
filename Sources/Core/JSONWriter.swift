public import FoundationEssentials

/// The only writer of JSON: compact, UTF-8, keys in the order they are given.
///
/// Beside what RFC 8259 §7 asks for it escapes every character that could act on a terminal or
/// change the direction of what is read: C1 controls (U+009B begins an escape sequence), soft
/// hyphen, line and paragraph separators, bidirectional controls, byte order marks and tags.
/// Foundation's encoder lets those pass.
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  /// Whether the next value is the first of its list or object, or stands behind its key.
  private var isFirst = true

  public init() {}

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Values

  public mutating func string(_ value: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    append(escaping: value)
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
    field(name, value.map(Timestamp.text))
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

  private mutating func append(escaping value: String) {
    // Nearly every string needs no escape; then its bytes are copied in one piece.
    guard value.utf8.contains(where: Self.mayNeedEscape) else {
      bytes.append(contentsOf: value.utf8)
      return
    }
    for scalar in value.unicodeScalars {
      if SafeText.isUnsafe(scalar) || scalar == "\"" || scalar == "\\" {
        append(escape: scalar)
      } else {
        bytes.append(contentsOf: String(scalar).utf8)
      }
    }
  }

  /// Whether `byte` is, or begins, a character that may have to be escaped.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, 0x22, 0x5C, 0x7F, 0xC2, 0xD8, 0xE2, 0xEF, 0xF3: true
    default: false
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
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        bytes.append(contentsOf: "\\u".utf8)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
        bytes.append(contentsOf: digits.utf8)
      }
    }
  }
}
