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

  private static let acceptPage = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

  private let client: HTTPClient
  private let settings: Settings
  private let unknownHosts = UnknownHosts()

  /// Creates a fetcher that sends through `client`.
  public init(_ client: HTTPClient, _ settings: Settings = Settings()) {
    self.client = client
    self.settings = settings
  }

  /// Polls `feed`, conditionally where `state` remembers validators.
  ///
  /// - Throws: only when the task is cancelled or the client shut down.
  public func fetch(_ feed: Feed, _ state: PollState, now: Date) async throws -> Fetched {
    try await fetch(Question(feed, state: state, now: now))
  }

  /// Makes the poll, with all its redirects.
  ///
  /// - Throws: `CancellationError` when the task is cancelled or the client shut down;
  ///   ``PollDeferred`` when it cannot go on for now.
  public func fetch(_ question: Question) async throws -> Fetched {
    let total = settings.timeouts.total
    var poll = Poll(question, remaining: question.isPage ? min(total, Limits.pageTime) : total)
    do {
      var address = try HTTPAddress(question.state.address)
      let own = question.feed.url
      poll.origin =
        own == question.state.address ? address.origin : try HTTPAddress(own).origin
      while true {
        let response = try await send(address, poll)
        poll.note(response)
        guard let next = try poll.redirect(response) else {
          return poll.result(poll.outcome(response))
        }
        address = next
        try await question.pass?(next)
      }
    } catch let error as CurlError {
      switch error.kind {
      case .cancelled, .closed: throw CancellationError()
      case .crowded: throw PollDeferred.crowded
      default:
        let isPrivate = question.feed.privateNetwork
        return poll.result(.failed(FetchFailure(error, hop: poll.hops, isPrivate: isPrivate)))
      }
    }
  }

  private func send(_ address: HTTPAddress, _ poll: Poll) async throws -> HTTPResponse {
    let now = poll.question.now
    guard !unknownHosts.contains(address.host, at: now) else {
      throw CurlError(.dns, "Could not resolve host: \(address.host)")
    }
    do {
      return try await client.send(request(address, poll))
    } catch {
      if error.kind == .dns, poll.question.options.proxy == nil {
        unknownHosts.insert(address.host, at: now)
      }
      throw error
    }
  }

  private func request(_ address: HTTPAddress, _ poll: Poll) -> HTTPRequest {
    let options = poll.question.options
    var request = HTTPRequest("GET", address)
    request.headers.append("User-Agent", options.userAgent ?? settings.userAgent)
    request.headers.append("Accept", poll.question.isPage ? Self.acceptPage : Self.accept)
    let validators = poll.validators(for: address)
    if let etag = validators.etag { request.headers.append("If-None-Match", etag) }
    if let date = validators.lastModified { request.headers.append("If-Modified-Since", date) }
    if options.takesDeltas, !validators.isEmpty { request.headers.append("A-IM", "feed") }
    if address.origin == poll.origin { addOwn(options, to: &request, poll) }
    request.bodyLimit = options.bodyLimit ?? settings.bodyLimit
    if poll.question.isPage { request.bodyLimit = min(request.bodyLimit, Limits.pageBytes) }
    request.share = poll.question.share
    request.proxy = options.proxy
    request.timeouts = settings.timeouts
    request.timeouts.total = max(poll.remaining, .milliseconds(1))
    return request
  }

  /// Adds what is meant for the feed's own origin alone.
  private func addOwn(_ options: PollOptions, to request: inout HTTPRequest, _ poll: Poll) {
    request.allowsPrivateNetwork = poll.question.feed.privateNetwork
    request.verifiesCertificate = !options.isInsecure
    request.authorities = options.authorities
    for field in options.headers { request.headers.append(field.name, field.value) }
    let isSafe = request.address.scheme == "https" || SiteKey(request.address).isPrivate
    if isSafe, let value = options.authorization { request.headers.append("Authorization", value) }
  }
}
