/// A server that takes mail (RFC 5321), and how it is spoken to.
public struct MailServer: Hashable, Sendable {
  /// `smtp://host:port` or `smtps://host:port`.
  public let address: String
  public let host: String
  public var user: String?
  public var password: String?
  /// A file of certificates (PEM) by which its own is judged; nil for those of the machine.
  public var authorities: String?
  /// Whether it may lie at a link-local address.
  public var allowsLinkLocal = false
  /// For one message to one recipient, connecting included.
  public var timeout: Duration = .seconds(60)

  /// Whether it must be spoken to in secret: all but one on this machine, which seldom has a certificate.
  var needsTLS: Bool { !["127.0.0.1", "[::1]", "localhost"].contains(host) }

  /// Reads `smtp://` or `smtps://`, a host and, if it is not the usual one, a port.
  ///
  /// - Throws: `request` for anything else; a name and password have keys of their own.
  public init(_ text: String) throws(CurlError) {
    let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "smtp" || parts[0] == "smtps" else {
      throw CurlError(.request, "no address of a mail server")
    }
    let rest = parts[1].hasSuffix("/") ? parts[1].dropLast() : parts[1]
    let colon = rest.lastIndex(of: ":").flatMap { rest[$0...].contains("]") ? nil : $0 }
    let host = rest[..<(colon ?? rest.endIndex)].lowercased()
    let port = colon.map { UInt16(rest[rest.index(after: $0)...]) ?? 0 }
    guard Self.isHost(host), port != 0 else {
      throw CurlError(.request, "no address of a mail server")
    }
    self.host = host
    address = "\(parts[0])://\(host)" + (port.map { ":\($0)" } ?? "")
  }

  private static func isHost(_ text: String) -> Bool {
    if text.hasPrefix("[") { return AddressGuard.bytes(of: text)?.count == 16 }
    return !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E: true
        default: false
        }
      }
  }
}
