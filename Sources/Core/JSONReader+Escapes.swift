extension JSONReader {
  /// Undoes the escapes of a string that began at `start` and is plain up to `place`.
  ///
  /// Its bytes are then in `unescaped`.
  mutating func unescape(from start: Int) throws(JSONError) {
    unescaped.removeAll(keepingCapacity: true)
    keep(start..<place)
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place += 1
        return
      case UInt8(ascii: "\\"):
        place += 1
        append(try escape())
      case 0..<0x20: throw error("control character in a string")
      default:
        let end = endOfRun(from: place)
        keep(place..<end)
        place = end
      }
    }
    throw error("string is not closed")
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      unescaped.append(UInt8(truncatingIfNeeded: scalar.value))
    } else {
      unescaped.append(contentsOf: scalar.utf8)
    }
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
    guard place <= bytes.count - 4 else { throw error("expected four hexadecimal digits") }
    var unit: UInt16 = 0
    for byte in bytes[place..<place + 4] {
      guard let digit = Self.hexDigit(byte) else { throw error("expected four hexadecimal digits") }
      unit = unit << 4 | UInt16(digit)
    }
    place += 4
    return unit
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
