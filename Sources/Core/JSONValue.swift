/// A whole JSON value, where its shape is not known before it is read.
///
/// Objects keep their keys in order, doubled ones too; a look-up takes the first.
public enum JSONValue: Hashable, Sendable {
  case object([Field])
  case array([JSONValue])
  case string(String)
  case number(Double)
  case bool(Bool)
  case null

  public struct Field: Hashable, Sendable {
    public var key: String
    public var value: JSONValue

    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The one value that `bytes` hold.
  ///
  /// - Throws: `JSONError` with line and column.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    self = try reader.value()
    try reader.end()
  }

  /// The value under `key`, if this is an object that has it.
  ///
  /// A new value takes the place of the old one or stands last, nil takes the field away; what is no
  /// object stays as it is.
  public subscript(key: String) -> JSONValue? {
    get {
      guard case .object(let fields) = self else { return nil }
      return fields.first { $0.key == key }?.value
    }
    set {
      guard case .object(var fields) = self else { return }
      let place = fields.firstIndex { $0.key == key } ?? fields.count
      fields.removeAll { $0.key == key }
      if let newValue { fields.insert(Field(key, newValue), at: place) }
      self = .object(fields)
    }
  }

  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  public var number: Double? {
    guard case .number(let value) = self else { return nil }
    return value
  }

  public var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  public var array: [JSONValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }
}

extension JSONValue {
  public func write(to writer: inout JSONWriter) {
    switch self {
    case .object(let fields):
      writer.object { writer in
        for field in fields {
          writer.key(field.key)
          field.value.write(to: &writer)
        }
      }
    case .array(let values): writer.array(values) { $1.write(to: &$0) }
    case .string(let text): writer.string(text)
    case .number(let number): writer.number(number)
    case .bool(let flag): writer.bool(flag)
    case .null: writer.null()
    }
  }
}

extension JSONReader {
  /// Reads one value of any kind.
  public mutating func value() throws(JSONError) -> JSONValue {
    switch peek() {
    case .object: return .object(try fields())
    case .array: return .array(try values())
    case .string: return .string(try string())
    case .number: return .number(try number())
    case .bool: return .bool(try bool())
    case .null where null(): return .null
    default: throw error("expected a value")
    }
  }

  private mutating func fields() throws(JSONError) -> [JSONValue.Field] {
    var fields: [JSONValue.Field] = []
    try object { reader, key throws(JSONError) in
      fields.append(JSONValue.Field(key, try reader.value()))
    }
    return fields
  }

  private mutating func values() throws(JSONError) -> [JSONValue] {
    var values: [JSONValue] = []
    try array { reader throws(JSONError) in values.append(try reader.value()) }
    return values
  }
}
