internal import Core
internal import Curl

/// What statuses and failed transfers mean.
extension FetchFailure {
  /// The failure that a status stands for; `nil` for one that is no failure by itself.
  ///
  /// `isChallenge` says whether a 403 asks us to prove that we are a browser.
  init?(status: Int, retryAfter: Duration?, isChallenge: Bool) {
    guard let (kind, message) = Self.meaning(status, isChallenge) else { return nil }
    self.init(kind, message, status: status, retryAfter: status >= 400 ? retryAfter : nil)
  }

  private static func meaning(_ status: Int, _ isChallenge: Bool) -> (Kind, String)? {
    switch status {
    case 200, 226, 304: nil
    case 204, 205: (.empty, "answered \(status), without a document")
    case 401, 407: (.unauthorised, "asks for a password (\(status)); the feed needs credentials")
    case 403 where isChallenge:
      (.blocked, "answers a browser challenge (403); ask the publisher to let feed readers in")
    case 403: (.blocked, "refuses us (403); ask the publisher, or look for another address")
    case 404: (.notFound, "not found (404); look for the feed's new address")
    case 410: (.gone, "gone (410); the publisher ended this feed")
    case 429: (.rateLimited, "asks us to come less often (429); polling of the site pauses")
    case 408, 425, 500...999: (.serverError, "the server is in trouble (\(status))")
    case 400..<500: (.client, "does not accept the request (\(status)); check the address")
    default: (.protocol, "answered \(status), which is no answer to this request")
    }
  }

  /// The failure behind a transfer that brought no answer.
  ///
  /// - Parameters:
  ///   - error: neither `cancelled` nor `closed`.
  ///   - hop: redirects followed before.
  ///   - isPrivate: whether the feed's own origin may lie on a private network already.
  init(_ error: CurlError, hop: Int, isPrivate: Bool) {
    let kind: Kind =
      switch error.kind {
      case .request: hop == 0 ? .client : .redirect
      case .cancelled, .closed, .system: .connect
      default: Kind(rawValue: error.kind.rawValue) ?? .connect
      }
    self.init(kind, SafeText.line(error.message) + Self.advice(kind, hop, isPrivate))
  }

  private static func advice(_ kind: Kind, _ hop: Int, _ isPrivate: Bool) -> String {
    switch kind {
    case .refusedAddress where hop > 0: "; no redirect is followed there"
    case .refusedAddress where !isPrivate: "; set `private_network: true` if it is yours"
    case .redirect: "; look for the feed's new address"
    case .dns: "; check the host's name"
    case .tooLarge: "; no feed should be so large"
    default: ""
    }
  }
}
