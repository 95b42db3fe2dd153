/// What came of one message to one recipient.
public enum MailAnswer: Hashable, Sendable {
  /// The server's last reply (RFC 5321 §4.2): its code, and its line, untrusted and at most 512 bytes long.
  case reply(code: Int, line: String)
  /// None came, or not in a way that can be trusted.
  case failed(CurlError)
}
