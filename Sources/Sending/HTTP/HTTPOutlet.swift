import Core
public import Curl
public import FoundationEssentials

/// A receiver over HTTP: a webhook, an Alertmanager's receiver, a chat.
public struct HTTPOutlet: Outlet {
  public enum Format: Hashable, Sendable {
    case webhook(Webhook)
    case alertmanager(Alertmanager)
    case chat(ChatTemplate)

    /// The request that brings `bundle`; a pure function of it, but for the signature's time.
    public func envelope(_ bundle: Bundle, at now: Date) -> Envelope {
      switch self {
      case .webhook(let webhook): webhook.envelope(bundle, at: now)
      case .alertmanager(let manager): manager.envelope(bundle)
      case .chat(let chat): chat.envelope(bundle)
      }
    }
  }

  /// Bytes of an answer that are read.
  static let answerLimitBytes = 64 << 10

  public let name: String
  public let linesAtOnce = 1
  /// May hold a token, so it never goes into a message.
  private let address: String
  private let format: Format
  private let timeout: Duration
  private let authorities: String?
  private let allowsLinkLocal: Bool
  private let client: HTTPClient
  private let clock: @Sendable () -> Date

  /// `authorities` is a file of certificates (PEM) by which the receiver's own is judged; nil for those of
  /// the machine.
  public init(
    name: String, address: String, format: Format, timeout: Duration, authorities: String? = nil,
    allowsLinkLocal: Bool = false, client: HTTPClient, clock: @escaping @Sendable () -> Date
  ) {
    (self.name, self.address, self.format) = (name, address, format)
    (self.timeout, self.authorities, self.allowsLinkLocal) = (timeout, authorities, allowsLinkLocal)
    (self.client, self.clock) = (client, clock)
  }

  public func send(_ lines: [AlertLine]) async -> Outcome {
    let envelope = format.envelope(Bundle(lines, for: name), at: clock())
    do {
      let response = try await client.send(request(envelope))
      let answer = Answer(
        status: response.status, retryAfter: response.headers.text("retry-after"),
        body: response.body)
      return answer.outcome(retryField, now: clock())
    } catch {
      return error.kind == .request
        ? .paused("the address or a header cannot be sent") : Outcome(error)
    }
  }

  private var retryField: ChatTemplate.RetryField? {
    guard case .chat(let chat) = format else { return nil }
    return chat.retryAfter
  }

  private func request(_ envelope: Envelope) throws(CurlError) -> HTTPRequest {
    var request = HTTPRequest(envelope.method, try HTTPAddress(Self.join(address, envelope.path)))
    for header in envelope.headers { request.headers.append(header.name, header.value) }
    request.body = envelope.body
    // The operator chose the address; link-local ones stay refused where nothing is said of them.
    request.allowsPrivateNetwork = true
    request.allowsLinkLocal = allowsLinkLocal
    request.authorities = authorities
    request.bodyLimit = Self.answerLimitBytes
    request.cutsBody = true
    request.timeouts.total = timeout
    request.timeouts.connect = timeout
    return request
  }

  /// An outlet's address and what its format puts behind it.
  static func join(_ address: String, _ path: String) -> String {
    guard !path.isEmpty else { return address }
    if path.hasPrefix("?") {
      return address.contains("?") ? address + "&" + path.dropFirst() : address + path
    }
    return (address.hasSuffix("/") ? String(address.dropLast()) : address) + path
  }
}
