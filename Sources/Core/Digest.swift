/// The first 128 bits of a SHA-256, by which facts and articles are named.
///
/// The same parts give the same digest on every machine and in every replay.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  public var bits: UInt128

  public init(bits: UInt128) {
    self.bits = bits
  }

  /// The digest of `parts` joined by NUL, which no part may hold.
  public init(of parts: [String]) {
    var joined: [UInt8] = []
    joined.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 1 })
    for (number, part) in parts.enumerated() {
      if number > 0 { joined.append(0) }
      joined.append(contentsOf: part.utf8)
    }
    let words = SHA256.words(joined)
    self.init(bits: (0..<4).reduce(0) { $0 << 32 | UInt128(words[$1]) })
  }

  /// The digest that `description` wrote, or nil where `text` is none.
  public init?(_ text: String) {
    guard text.utf8.count == 26 else { return nil }
    var bits: UInt128 = 0
    for (place, byte) in text.utf8.enumerated() {
      guard let value = Self.value(byte) else { return nil }
      // 26 characters carry 130 bits: the last holds only three.
      if place < 25 {
        bits = bits << 5 | UInt128(value)
      } else {
        guard value & 3 == 0 else { return nil }
        bits = bits << 3 | UInt128(value >> 2)
      }
    }
    self.init(bits: bits)
  }

  /// 26 characters of base32 in lower case, without padding (RFC 4648 §6).
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `description` gives.
  func append(to bytes: inout [UInt8]) {
    for place in 0..<25 {
      bytes.append(Self.character(UInt8(bits >> UInt128(123 - 5 * place) & 31)))
    }
    bytes.append(Self.character(UInt8(bits & 7) << 2))
  }

  /// `a` to `z`, then `2` to `7`.
  private static func character(_ value: UInt8) -> UInt8 {
    value < 26 ? UInt8(ascii: "a") + value : UInt8(ascii: "2") + value - 26
  }

  private static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a")
    case UInt8(ascii: "2")...UInt8(ascii: "7"): character - UInt8(ascii: "2") + 26
    default: nil
    }
  }
}
