internal import Core
internal import Curl
internal import FoundationEssentials

/// One poll under way: where it stands, and what its answers mean.
struct Poll {
  let question: Question

  /// What is left of the time for all hops.
  var remaining: Duration

  /// Who may lie on a private network, if the operator allows it.
  var origin = ""

  /// Redirects followed.
  private(set) var hops = 0
  private var bytes = 0
  private var status: Int?
  private var isPermanent = true
  private var target: String?

  init(_ question: Question, remaining: Duration) {
    self.question = question
    self.remaining = remaining
  }

  private var state: PollState { question.state }

  /// The validators that `address` itself gave; they mean nothing to any other.
  func validators(for address: HTTPAddress) -> Validators {
    guard state.finalURL == address.display else { return Validators() }
    return Validators(etag: state.etag, lastModified: state.lastModified)
  }

  mutating func note(_ response: HTTPResponse) {
    remaining -= response.timings.total
    bytes += response.wireBytes
    status = response.status
  }

  /// The address a redirect leads to; `nil` if the answer is none.
  ///
  /// - Throws: `request` for one that leads nowhere, or is one too many.
  mutating func redirect(_ response: HTTPResponse) throws(CurlError) -> HTTPAddress? {
    guard [301, 302, 303, 307, 308].contains(response.status) else { return nil }
    hops += 1
    guard hops <= Limits.hops else {
      throw CurlError(.request, "more than \(Limits.hops) redirects, perhaps a loop")
    }
    guard let location = response.headers["location"] else {
      throw CurlError(.request, "a redirect that does not say where to")
    }
    let next = try response.address.resolving(location)
    isPermanent = isPermanent && [301, 308].contains(response.status)
    target = next.display
    return next
  }

  func result(_ outcome: FetchOutcome) -> Fetched {
    Fetched(
      outcome: outcome, status: status, bytes: bytes, movedTo: isPermanent ? target : nil)
  }

  /// What the last answer means.
  func outcome(_ response: HTTPResponse) -> FetchOutcome {
    let hints = Hints(response.headers, now: question.now)
    if let failure = FetchFailure(
      status: response.status, retryAfter: hints.retryAfter,
      isChallenge: response.headers.text("cf-mitigated") == "challenge")
    {
      return .failed(failure)
    }
    return response.status == 304
      ? unchanged(response, hints) : document(response, hints)
  }

  private func unchanged(_ response: HTTPResponse, _ hints: Hints) -> FetchOutcome {
    let sent = validators(for: response.address)
    guard !sent.isEmpty else {
      return .failed(
        FetchFailure(.protocol, "answered 304 to a request without conditions", status: 304))
    }
    return .notModified(
      NotModified(
        status: 304, address: response.address.display,
        validators: sent.renewed(by: response.headers), freshness: hints.freshness))
  }

  private func document(_ response: HTTPResponse, _ hints: Hints) -> FetchOutcome {
    guard !response.body.isEmpty else {
      return .failed(
        FetchFailure(.empty, "the document is empty", status: response.status))
    }
    let hash = BodyHash.hash(response.body)
    let validators = Validators(response.headers)
    if hash == state.bodyHash, response.status == 200 {
      return .notModified(
        NotModified(
          status: 200, address: response.address.display, validators: validators,
          freshness: hints.freshness))
    }
    var document = Document(
      body: response.body, status: response.status, address: response.address.display,
      contentType: response.headers.text("content-type"),
      contentLanguage: response.headers.text("content-language"), validators: validators,
      freshness: hints.freshness, isFirst: state.bodyHash == nil, hash: hash)
    document.hub = HubOffer(response.headers, from: response.address)
    return .document(document)
  }
}
