public import Core
public import Curl
public import FoundationEssentials

/// Asks one feed: a conditional request, redirects hop by hop, and what the answer means.
public struct FeedFetcher: Sendable {
  /// Redirects followed in one poll.
  static let hopLimit = 5
  /// Bytes of a validator that is stored.
  static let validatorLimit = 1_024

  public struct Options: Hashable, Sendable {
    /// Names us and whom to turn to (RFC 9110 §10.1.5).
    public var userAgent: String
    /// Whether every feed may lie on a private network.
    public var privateNetworks: Bool
    public var timeouts = HTTPTimeouts()

    public init(userAgent: String, privateNetworks: Bool = false) {
      self.userAgent = userAgent
      self.privateNetworks = privateNetworks
    }
  }

  private let client: HTTPClient
  private let options: Options

  public init(_ client: HTTPClient, _ options: Options) {
    self.client = client
    self.options = options
  }

  /// Polls `feed` once; nil where the task was cancelled or the client shut down.
  ///
  /// A 304, a 410, a time-out are ordinary answers, so this does not throw.
  public func fetch(_ feed: Feed, _ state: PollState, now: Date) async -> FetchOutcome? {
    do {
      var address = try HTTPAddress(feed.url)
      let own = address.origin
      for hop in 0...Self.hopLimit {
        let isAsked = hop == 0 || address.text == state.finalURL
        let response = try await client.send(request(address, state, own, feed, isAsked: isAsked))
        guard (300..<400).contains(response.status), response.status != 304 else {
          return outcome(
            of: response, state, wasConditional: isAsked && state.hasValidators, now: now)
        }
        guard let location = response.headers["location"], !location.isEmpty,
          [301, 302, 303, 307, 308].contains(response.status)
        else {
          return .failed(FetchFailure(.redirect, status: response.status, "redirects to nowhere"))
        }
        address = try address.resolving(location)
      }
      return .failed(FetchFailure(.redirect, "over \(Self.hopLimit) redirects; check the address"))
    } catch {
      return FetchFailure(error).map { .failed($0) }
    }
  }

  /// Validators belong to the address that gave them, so they go to no other.
  private func request(
    _ address: HTTPAddress, _ state: PollState, _ own: String, _ feed: Feed, isAsked: Bool
  ) -> HTTPRequest {
    var request = HTTPRequest("GET", address)
    request.headers.append("User-Agent", options.userAgent)
    request.headers.append("Accept", Self.accept)
    if isAsked, state.url == feed.url, state.finalURL == nil || state.finalURL == address.text {
      if let etag = state.etag { request.headers.append("If-None-Match", etag) }
      if let date = state.lastModified { request.headers.append("If-Modified-Since", date) }
    }
    request.allowsPrivateNetwork =
      options.privateNetworks || (feed.privateNetwork && address.origin == own)
    request.timeouts = options.timeouts
    return request
  }

  private func outcome(
    of response: HTTPResponse, _ state: PollState, wasConditional: Bool, now: Date
  ) -> FetchOutcome {
    let answer = Answer(
      address: response.address.text, validators: validators(response.headers),
      freshFor: Hints.freshness(response.headers, now: now), wireBytes: response.wireBytes)
    switch response.status {
    case 200, 226:
      guard !response.body.isEmpty else {
        return .failed(FetchFailure(.empty, status: response.status, "an empty answer"))
      }
      return .document(
        Document(
          answer: answer, status: response.status, body: response.body,
          contentType: response.headers.text("content-type"),
          contentLanguage: response.headers.text("content-language"),
          isFirst: state.lastSuccess == nil))
    case 304 where wasConditional: return .notModified(answer)
    case 204, 205: return .failed(FetchFailure(.empty, status: response.status, "an empty answer"))
    default:
      let retry = response.headers["retry-after"].flatMap { RetryAfter.wait($0, now: now) }
      let isChallenge = response.headers.text("cf-mitigated") == "challenge"
      return .failed(
        FetchFailure(status: response.status, isChallenge: isChallenge, retryAfter: retry))
    }
  }

  /// Both as they came; one that is overlong or holds control bytes is not kept.
  private func validators(_ headers: HTTPHeaders) -> Validators {
    func usable(_ name: String) -> [UInt8]? {
      guard let value = headers[name], !value.isEmpty, value.count <= Self.validatorLimit,
        value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      else { return nil }
      return value
    }
    return Validators(etag: usable("etag"), lastModified: usable("last-modified"))
  }

  private static let accept =
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    + "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
}

extension PollState {
  var hasValidators: Bool { etag != nil || lastModified != nil }
}
