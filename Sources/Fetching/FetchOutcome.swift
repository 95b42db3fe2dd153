/// What came of one poll, with all its redirects.
public enum FetchOutcome: Hashable, Sendable {
  case document(Document)
  /// The document is as it was; new validators and hints may have come with the answer.
  case notModified(Answer)
  case failed(FetchFailure)
}

/// What an answer says beside its body.
public struct Answer: Hashable, Sendable {
  /// The address that answered, after redirects.
  public var address: String
  public var validators: Validators
  /// Until how long from now the publisher calls the answer fresh; nil without a statement.
  public var freshFor: Duration?
  /// As received, headers included.
  public var wireBytes: Int
}

/// A feed's document as it came.
public struct Document: Hashable, Sendable {
  public var answer: Answer
  public var status: Int
  public var body: [UInt8]
  public var contentType: String?
  public var contentLanguage: String?
  /// Whether the feed has never given a document before: what it holds is the past.
  public var isFirst: Bool
}

/// What makes the next request conditional, byte for byte as it came (RFC 9110 §8.8).
public struct Validators: Hashable, Sendable {
  public var etag: [UInt8]?
  public var lastModified: [UInt8]?

  public init(etag: [UInt8]? = nil, lastModified: [UInt8]? = nil) {
    self.etag = etag
    self.lastModified = lastModified
  }
}

/// What became of a document that was handed on.
public enum Verdict: Hashable, Sendable {
  /// Its news is durable.
  case taken(new: Int, entries: Int, ttl: Duration?)
  case notAFeed(String)
  case unreadable(String)
  /// Complete entries were taken, but the document was cut off: no validator may be stored.
  case truncated
}

/// Polling has to wait: what a poll brings cannot be kept now.
public struct PollPaused: Error, Hashable, Sendable, CustomStringConvertible {
  public var reason: String

  public init(reason: String) {
    self.reason = reason
  }

  public var description: String { reason }
}
