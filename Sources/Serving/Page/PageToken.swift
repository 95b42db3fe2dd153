import Core
import FoundationEssentials

/// What who asks must know, where the page can be reached by others than this machine.
///
/// Programs give it as a bearer token (RFC 6750 §2.1), browsers as the password to any name (RFC 7617): they
/// ask for it once and send it along with whatever the page asks for.
public struct PageToken: Sendable {
  /// Fewer bytes could be guessed.
  public static let leastBytes = 16

  /// Of equal length whatever was given, so that nothing is learned from how long comparing takes.
  private let digest: Digest

  public init(_ token: String) {
    digest = Digest(of: [token])
  }

  /// The refusal of a question that does not know it; nil for one that is admitted.
  ///
  /// Whether the daemon is well may be asked by anyone.
  public func refusal(of question: Question) -> Answer? {
    let isOpen = Route.find(question.path)?.route.isOpen ?? false
    guard !isOpen, Self.given(question.headers["authorization"]) != digest else { return nil }
    return .plain(
      401, "the token of the page is wanted, as the password to any name\n",
      [("WWW-Authenticate", "Basic realm=\"Tidings\", charset=\"UTF-8\"")])
  }

  private static func given(_ field: String?) -> Digest? {
    guard let field, let blank = field.firstIndex(of: " ") else { return nil }
    let value = String(field[blank...].drop { $0 == " " })
    switch field[..<blank].lowercased() {
    case "bearer": return Digest(of: [value])
    case "basic":
      guard let data = Data(base64Encoded: value),
        let colon = data.firstIndex(of: UInt8(ascii: ":"))
      else { return nil }
      return Digest(of: [String(decoding: data[data.index(after: colon)...], as: UTF8.self)])
    default: return nil
    }
  }
}
