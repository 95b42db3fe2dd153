public import Core
public import Curl
public import FoundationEssentials

/// Asks for one feed, once, with all its redirects.
public struct FeedFetcher: Sendable {
  /// How requests look and how long they may take.
  public struct Settings: Hashable, Sendable {
    /// Who we are, with an address to reach the operator at; never a browser's name.
    public var userAgent = "Tidings"

    /// Bounds of one hop; `total` bounds the whole poll.
    public var timeouts = HTTPTimeouts()

    /// Bytes of a document.
    public var bodyLimit = Curl.Limits.bodyBytes

    /// Creates the usual settings.
    public init() {}
  }

  private static let accept =
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    + "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"

  private let client: HTTPClient
  private let settings: Settings

  /// Creates a fetcher that sends through `client`.
  public init(_ client: HTTPClient, _ settings: Settings = Settings()) {
    self.client = client
    self.settings = settings
  }

  /// Polls `feed`, conditionally where `state` remembers validators.
  ///
  /// - Throws: only when the task is cancelled or the client shut down.
  public func fetch(
    _ feed: Feed, _ state: PollState, now: Date
  ) async throws(CancellationError) -> Fetched {
    var poll = Poll(feed: feed, state: state, now: now, remaining: settings.timeouts.total)
    do throws(CurlError) {
      var address = try HTTPAddress(feed.url)
      poll.origin = address.origin
      while true {
        let response = try await client.send(request(address, poll))
        poll.note(response)
        guard let next = try poll.redirect(response) else {
          return poll.result(poll.outcome(response))
        }
        address = next
      }
    } catch {
      if error.kind == .cancelled || error.kind == .closed { throw CancellationError() }
      let isPrivate = feed.privateNetwork
      return poll.result(
        .failed(FetchFailure(error, hop: poll.hops, isPrivate: isPrivate)))
    }
  }

  private func request(_ address: HTTPAddress, _ poll: Poll) -> HTTPRequest {
    var request = HTTPRequest("GET", address)
    request.headers.append("User-Agent", settings.userAgent)
    request.headers.append("Accept", Self.accept)
    let validators = poll.validators(for: address)
    if let etag = validators.etag { request.headers.append("If-None-Match", etag) }
    if let date = validators.lastModified { request.headers.append("If-Modified-Since", date) }
    request.allowsPrivateNetwork = poll.feed.privateNetwork && address.origin == poll.origin
    request.bodyLimit = settings.bodyLimit
    request.timeouts = settings.timeouts
    request.timeouts.total = max(poll.remaining, .milliseconds(1))
    return request
  }
}
