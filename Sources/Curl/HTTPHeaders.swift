/// Header fields in the order they came, as bytes.
///
/// One buffer holds them all, so that an answer nobody looks into costs two allocations; names are
/// found without regard to case (RFC 9110 §5.1).
public struct HTTPHeaders: Hashable, Sendable {
  private struct Field: Hashable {
    var name: Range<Int>
    var value: Range<Int>
  }

  private var bytes: [UInt8] = []
  private var fields: [Field] = []

  /// Creates a collection without fields.
  public init() {}

  /// How many fields there are.
  public var count: Int { fields.count }

  /// The name and the value of the field at `index`, as they came.
  public subscript(index: Int) -> (name: [UInt8], value: [UInt8]) {
    let field = fields[index]
    return (Array(bytes[field.name]), Array(bytes[field.value]))
  }

  /// The value of the first field called `name`.
  public subscript(name: String) -> [UInt8]? {
    fields.first { matches($0, name) }.map { Array(bytes[$0.value]) }
  }

  /// The values of all fields called `name`, in order.
  public func values(_ name: String) -> [[UInt8]] {
    fields.filter { matches($0, name) }.map { Array(bytes[$0.value]) }
  }

  /// The first value called `name` as text, bytes beyond ASCII read as Latin-1 (RFC 9110 §5.5).
  public func text(_ name: String) -> String? {
    self[name].map { String(String.UnicodeScalarView($0.map { Unicode.Scalar($0) })) }
  }

  /// Adds a field at the end.
  public mutating func append(_ name: String, _ value: [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: name.utf8)
    bytes.append(contentsOf: value)
    let middle = start + name.utf8.count
    fields.append(Field(name: start..<middle, value: middle..<bytes.count))
  }

  /// Adds a field at the end, its value as UTF-8.
  public mutating func append(_ name: String, _ value: String) {
    append(name, Array(value.utf8))
  }

  private func matches(_ field: Field, _ name: String) -> Bool {
    guard field.name.count == name.utf8.count else { return false }
    return zip(bytes[field.name], name.utf8).allSatisfy { $0.asciiLowered == $1.asciiLowered }
  }
}

extension HTTPHeaders {
  /// Adds a received line `name: value`, blanks around the value dropped.
  ///
  /// - Returns: whether it was a field; a line without a name is none.
  mutating func append(line: Span<UInt8>) -> Bool {
    guard let colon = line.indices.first(where: { line[$0] == UInt8(ascii: ":") }), colon > 0
    else { return false }
    let start = bytes.count
    let value = line.trimmed(colon + 1..<line.count)
    append(line, 0..<colon)
    append(line, value)
    fields.append(
      Field(name: start..<start + colon, value: start + colon..<bytes.count))
    return true
  }

  /// Adds a continuation line to the last value (obsolete line folding, RFC 9112 §5.2).
  mutating func fold(line: Span<UInt8>) {
    guard let last = fields.indices.last else { return }
    bytes.append(UInt8(ascii: " "))
    append(line, line.trimmed(0..<line.count))
    fields[last].value = fields[last].value.lowerBound..<bytes.count
  }

  private mutating func append(_ line: Span<UInt8>, _ range: Range<Int>) {
    for index in range { bytes.append(line[index]) }
  }
}

extension Span<UInt8> {
  /// `range` without blanks and line ends at both sides.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, self[low].isBlank { low += 1 }
    while low < high, self[high - 1].isBlank { high -= 1 }
    return low..<high
  }
}

extension UInt8 {
  /// The lower-case form of an ASCII letter; anything else as it is.
  var asciiLowered: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }

  /// Space, tab, carriage return or line feed.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0d || self == 0x0a }
}
