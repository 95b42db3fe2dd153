/// What one poll brought.
///
/// A 304, a 410 and a timeout are ordinary answers of the world: outcomes, not errors.
public enum FetchOutcome: Hashable, Sendable {
  /// A document to read; it may still be no feed.
  case document(Document)
  /// Nothing new: a 304, or a document whose bytes are known.
  case notModified(NotModified)
  /// Neither.
  case failed(FetchFailure)
}

/// A document that came back.
public struct Document: Hashable, Sendable {
  /// The body, decoded from its content coding.
  public var body: [UInt8]

  /// 200, or 226 for a partial document.
  public var status: Int

  /// The address that answered, after redirects; without user and password.
  public var address: String

  /// The `Content-Type`, as it came.
  public var contentType: String?

  /// The `Content-Language`, as it came.
  public var contentLanguage: String?

  /// The validators of this very answer.
  public var validators: Validators

  /// How long the publisher calls it fresh, at most a day.
  public var freshness: Duration?

  /// Whether no document of this feed was taken before.
  public var isFirst: Bool

  /// A hash of the body, to know the same bytes again.
  public var hash: UInt64

  /// The hub that its headers name.
  public var hub = HubOffer()

  /// Whether what is missing in it says nothing: it holds only what is new.
  public var isPartial: Bool { status == 226 }

  /// Creates a document.
  public init(
    body: [UInt8], status: Int = 200, address: String, contentType: String? = nil,
    contentLanguage: String? = nil, validators: Validators = Validators(),
    freshness: Duration? = nil, isFirst: Bool, hash: UInt64
  ) {
    self.body = body
    self.status = status
    self.address = address
    self.contentType = contentType
    self.contentLanguage = contentLanguage
    self.validators = validators
    self.freshness = freshness
    self.isFirst = isFirst
    self.hash = hash
  }
}

/// An answer that says that nothing changed.
public struct NotModified: Hashable, Sendable {
  /// 304, or 200 with known bytes.
  public var status: Int

  /// The address that answered, after redirects; without user and password.
  public var address: String

  /// The validators to send next.
  public var validators: Validators

  /// How long the publisher calls it fresh, at most a day.
  public var freshness: Duration?

  /// Creates an answer.
  public init(
    status: Int = 304, address: String, validators: Validators = Validators(),
    freshness: Duration? = nil
  ) {
    self.status = status
    self.address = address
    self.validators = validators
    self.freshness = freshness
  }
}

/// An outcome and what it cost.
public struct Fetched: Hashable, Sendable {
  public var outcome: FetchOutcome

  /// The status of the last answer; `nil` if none came.
  public var status: Int?

  /// Bytes of all hops, as they came over the wire.
  public var bytes: Int

  /// Where redirects led, if there were any and all were permanent.
  public var movedTo: String?

  /// Creates a result.
  public init(outcome: FetchOutcome, status: Int?, bytes: Int, movedTo: String? = nil) {
    self.outcome = outcome
    self.status = status
    self.bytes = bytes
    self.movedTo = movedTo
  }
}

extension Fetched {
  /// Whether no answer came at all, so that it may be our network that failed.
  var isUnanswered: Bool {
    guard case .failed(let failure) = outcome, status == nil else { return false }
    return [.dns, .connect, .timeout, .reset, .tls].contains(failure.kind)
  }

  /// Whether a page came where a feed was asked for, as from the portal of a hotel's network.
  var isPage: Bool {
    guard case .document(let document) = outcome else { return false }
    return document.contentType?.lowercased().hasPrefix("text/html") ?? false
  }

  /// How long the publisher asked to be left alone.
  var retryAfter: Duration? {
    guard case .failed(let failure) = outcome else { return nil }
    return failure.retryAfter
  }
}
