internal import Core

/// What an `X-Hub-Signature` says: a method, and the code that the body has by it (WebSub §7.1).
///
/// SHA-1 is not among the methods: whoever pushes with it is taken as if he had not signed.
struct PushSignature: Hashable {
  private enum Method: String {
    case sha256, sha384, sha512
  }

  private let method: Method
  private let code: [UInt8]

  /// Reads `sha256=1f…`; `nil` for another method, or what is no code.
  init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let method = Method(rawValue: parts[0].lowercased()),
      let code = Self.bytes(parts[1])
    else { return nil }
    (self.method, self.code) = (method, code)
  }

  /// Whether it is what `secret` makes of `body`, after a time that tells nothing.
  func holds(for body: [UInt8], secret: String) -> Bool {
    let key = Array(secret.utf8)
    let expected =
      switch method {
      case .sha256: HMAC.sha256(body, key: key)
      case .sha384: HMAC.sha384(body, key: key)
      case .sha512: HMAC.sha512(body, key: key)
      }
    return HMAC.isSame(expected, code)
  }

  private static func bytes(_ hex: Substring) -> [UInt8]? {
    let digits = hex.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count % 2 == 0, digits.count <= 128 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }
}
