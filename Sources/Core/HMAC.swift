/// HMAC (RFC 2104), checked against the vectors of RFC 4231.
public enum HMAC {
  /// The 32 bytes that authenticate `message` under `key`, of any length, by SHA-256.
  public static func sha256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    code(message, key, block: 64, SHA256.hash)
  }

  /// The 48 bytes by SHA-384.
  public static func sha384(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    code(message, key, block: 128, SHA512.hash384)
  }

  /// The 64 bytes by SHA-512.
  public static func sha512(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    code(message, key, block: 128, SHA512.hash)
  }

  /// Whether two codes are the same, after a time that tells nothing of where they differ.
  public static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func code(
    _ message: [UInt8], _ key: [UInt8], block size: Int, _ hash: ([UInt8]) -> [UInt8]
  ) -> [UInt8] {
    var block = key.count > size ? hash(key) : key
    block += [UInt8](repeating: 0, count: size - block.count)
    let inner = hash(block.map { $0 ^ 0x36 } + message)
    return hash(block.map { $0 ^ 0x5C } + inner)
  }
}
