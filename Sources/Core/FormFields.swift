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
    fields.map { SafeAddress.percent($0.name) + "=" + SafeAddress.percent($0.value) }
      .joined(separator: "&")
  }

  /// A `+` is a blank.
  private static func decoded(_ text: Substring.UTF8View) -> String {
    let bytes = text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
    return String(decoding: SafeAddress.decoded(bytes), as: UTF8.self)
  }
}
