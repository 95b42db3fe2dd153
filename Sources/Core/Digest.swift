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
    let joined = Array(parts.joined(separator: "\0").utf8)
    self.init(bits: SHA256.hash(joined).prefix(16).reduce(0) { $0 << 8 | UInt128($1) })
  }

  /// The digest that `description` wrote, or nil where `text` is none.
  public init?(_ text: String) {
    guard text.utf8.count == 26 else { return nil }
    var bits: UInt128 = 0
    for (place, byte) in text.utf8.enumerated() {
      guard let value = Self.alphabet.firstIndex(of: byte) else { return nil }
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
    var characters: [UInt8] = []
    for place in 0..<25 {
      characters.append(Self.alphabet[Int(bits >> UInt128(123 - 5 * place) & 31)])
    }
    characters.append(Self.alphabet[Int(bits & 7) << 2])
    return String(decoding: characters, as: UTF8.self)
  }

  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
}
