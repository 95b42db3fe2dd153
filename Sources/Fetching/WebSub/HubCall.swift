/// What reaches us at the address that a hub was given: a question, or a push.
public struct HubCall: Hashable, Sendable {
  /// The last part of the address.
  public var token: String

  /// `GET` asks whether we want a subscription; `POST` pushes.
  public var method: String

  /// The query as it came.
  public var query: String

  /// The fields that matter, as they came.
  public var contentType: String?
  public var contentLanguage: String?
  public var signature: String?

  /// What was pushed.
  public var body: [UInt8]

  /// Creates a call.
  public init(
    token: String, method: String, query: String = "", contentType: String? = nil,
    contentLanguage: String? = nil, signature: String? = nil, body: [UInt8] = []
  ) {
    self.token = token
    self.method = method
    self.query = query
    self.contentType = contentType
    self.contentLanguage = contentLanguage
    self.signature = signature
    self.body = body
  }
}

/// What is said to a call.
public struct HubAnswer: Hashable, Sendable {
  public var status: Int

  /// Plain text: the challenge that is echoed, or nothing.
  public var body: String

  /// Seconds after which a push may be tried again.
  public var retryAfter: Int?

  /// Creates an answer.
  public init(_ status: Int, _ body: String = "", retryAfter: Int? = nil) {
    self.status = status
    self.body = body
    self.retryAfter = retryAfter
  }

  /// Nothing is known of that address, or of what is asked about it.
  static let unknown = HubAnswer(404)
}
