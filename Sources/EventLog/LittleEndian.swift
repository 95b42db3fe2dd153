/// Whole numbers in the small headers, least byte first.
extension [UInt8] {
  /// Appends `value` in as many bytes as its type has.
  mutating func append<Number: FixedWidthInteger>(number value: Number) {
    for place in 0..<Number.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: value >> (8 * place)))
    }
  }

  /// The number at `offset`, which must lie within the bytes.
  func number<Number: FixedWidthInteger>(at offset: Int, as: Number.Type = Number.self) -> Number {
    var value: Number = 0
    for place in 0..<Number.bitWidth / 8 {
      value |= Number(truncatingIfNeeded: self[offset + place]) << (8 * place)
    }
    return value
  }
}
