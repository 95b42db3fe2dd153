/// Addresses on their way out: those of feeds, and those that texts of feeds become a part of.
public enum SafeAddress {
  /// `text` if it is an http or https address, with everything percent-encoded that could end it, open a
  /// mark-up or mention someone; else nil.
  public static func web(_ text: String) -> String? {
    let lower = text.prefix(8).lowercased()
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://"), text.utf8.count <= 2_048
    else { return nil }
    return encode(text) { kept.contains($0) }
  }

  /// `text` as one segment of a path (RFC 3986 §2.3: only unreserved characters stand for themselves).
  public static func percent(_ text: String) -> String {
    encode(text) { unreserved.contains($0) }
  }

  private static func encode(_ text: String, _ keeps: (UInt8) -> Bool) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if keeps(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes that `bytes` stand for, percent-encoded as they may be; a `%` that encodes nothing stays.
  public static func decoded(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        output.append(value)
        index += 3
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return output
  }

  private static let unreserved = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
  private static let kept = unreserved.union(":/?#!$&+,;=%".utf8)
}
