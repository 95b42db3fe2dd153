/// HMAC with SHA-256 (RFC 2104), checked against the vectors of RFC 4231.
public enum HMAC {
  /// The 32 bytes that authenticate `message` under `key`, of any length.
  public static func sha256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var block = key.count > 64 ? SHA256.hash(key) : key
    block += [UInt8](repeating: 0, count: 64 - block.count)
    let inner = SHA256.hash(block.map { $0 ^ 0x36 } + message)
    return SHA256.hash(block.map { $0 ^ 0x5C } + inner)
  }
}
