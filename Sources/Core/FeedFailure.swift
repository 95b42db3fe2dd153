/// A feed's polls began to fail, or fail in another way.
public struct FeedFailure: Hashable, Sendable {
  public var feed: Feed.ID
  /// One of dns, connect, tls, timeout, http, too_big, not_a_feed and the like.
  public var failureClass: String
  /// The HTTP status, where there was one.
  public var status: Int?
  public var message: String

  public init(feed: Feed.ID, failureClass: String, status: Int? = nil, message: String) {
    self.feed = feed
    self.failureClass = failureClass
    self.status = status
    self.message = message
  }
}

// MARK: - The stored form

extension FeedFailure {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("feed", feed.rawValue)
    writer.field("class", failureClass)
    writer.field("status", status)
    writer.field("message", message)
  }

  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(
      feed: try fields.feed(), failureClass: try fields.text("class"),
      status: fields.number(ifAny: "status"), message: try fields.text("message"))
  }
}
