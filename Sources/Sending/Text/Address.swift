/// Addresses from feeds on their way out.
enum Address {
  /// `text` if it is an http or https address, with everything percent-encoded that could end it, open a
  /// mark-up or mention someone; else nil.
  static func web(_ text: String) -> String? {
    let lower = text.prefix(8).lowercased()
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://"), text.utf8.count <= 2_048
    else { return nil }
    return encode(text) { kept.contains($0) }
  }

  /// `text` as one segment of a path (RFC 3986 §2.3: only unreserved characters stand for themselves).
  static func percent(_ text: String) -> String {
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

  private static let unreserved = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
  private static let kept = unreserved.union(":/?#!$&+,;=%".utf8)
}
