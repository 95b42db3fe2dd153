import Core
import FoundationEssentials

/// A key for signatures after Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes.
public struct WebhookSecret: Hashable, Sendable, CustomStringConvertible {
  private let key: [UInt8]

  /// Nil for what is no such key.
  public init?(_ text: String) {
    guard text.hasPrefix("whsec_"), let key = Data(base64Encoded: String(text.dropFirst(6))),
      (24...64).contains(key.count)
    else { return nil }
    self.key = [UInt8](key)
  }

  /// Never the key: a secret has no business in a message.
  public var description: String { "whsec_…" }

  /// `v1,` and the signature of a message's very bytes.
  func signature(id: String, seconds: Int, body: [UInt8]) -> String {
    let signed = Array("\(id).\(seconds).".utf8) + body
    return "v1," + Data(HMAC.sha256(signed, key: key)).base64EncodedString()
  }
}
