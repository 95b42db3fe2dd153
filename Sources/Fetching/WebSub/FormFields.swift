/// Names and values as a form sends them (`application/x-www-form-urlencoded`), in a body or a query.
public struct FormFields: Sendable {
  /// Fields of one query that are looked at.
  private static let limit = 64

  private var fields: [(name: String, value: String)] = []

  /// Creates a form without fields.
  public init() {}

  /// Reads a query; a field without a value has an empty one.
  public init(_ query: String) {
    fields = query.utf8.split(separator: UInt8(ascii: "&")).prefix(Self.limit).map { field in
      let equals = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
      return (Self.decoded(field[..<equals]), Self.decoded(field[equals...].dropFirst()))
    }
  }

  /// The first value called `name`.
  public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// Adds a field at the end.
  public mutating func append(_ name: String, _ value: String) {
    fields.append((name, value))
  }

  /// The form as it is sent.
  public var encoded: String {
    fields.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
  }

  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A `%` that no two digits follow stands for itself.
  private static func decoded(_ text: Substring.UTF8View) -> String {
    let source = Array(text)
    var bytes: [UInt8] = []
    var at = 0
    while at < source.count {
      if source[at] == UInt8(ascii: "%"), at + 2 < source.count,
        let high = digit(source[at + 1]), let low = digit(source[at + 2])
      {
        bytes.append(high << 4 | low)
        at += 3
      } else {
        bytes.append(source[at] == UInt8(ascii: "+") ? UInt8(ascii: " ") : source[at])
        at += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
