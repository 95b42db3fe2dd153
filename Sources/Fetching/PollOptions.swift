internal import Core
internal import Curl
internal import FoundationEssentials

/// What an operator says of how one feed is asked; none of it is recorded in the log.
public struct PollOptions: Hashable, Sendable {
  /// Who we are to a publisher that wants to know.
  public enum Credentials: Hashable, Sendable {
    case basic(user: String, password: String)
    case bearer(token: String)
  }

  /// A field that goes with every request to the feed's own origin.
  public struct Field: Hashable, Sendable {
    public var name: String
    public var value: String

    /// Creates a field.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Bounds on the interval that the schedule chooses.
  public var shortestInterval: Duration?
  public var longestInterval: Duration?

  /// How much the feed counts beside others.
  public var weight = 1.0

  /// Fields beside the usual ones.
  public var headers: [Field] = []

  /// Sent over TLS, or to an allowed private address; never elsewhere.
  public var credentials: Credentials?

  /// `http://host:port` or `socks5h://host:port`.
  public var proxy: String?

  /// Instead of the usual one.
  public var userAgent: String?

  /// Whether a certificate that nobody vouches for is good enough.
  public var isInsecure = false

  /// A file of certificates (PEM) by which the feed's own is judged; `nil` for those of the machine.
  public var authorities: String?

  /// Bytes of a document; `nil` for the usual bound.
  public var bodyLimit: Int?

  /// Whether to offer to take only what is new (RFC 3229, `A-IM: feed`).
  public var takesDeltas = false

  /// Where entries stand that left the window unseen, if the feed does not say: a news sitemap, or a page of
  /// entries.
  public var olderEntries: String?

  /// Whether the page of an article is asked for that left the feed before older ones.
  public var verifiesGone = false

  /// Whether the page of an article is asked for its text, where the feed has only the beginning.
  public var readsPages = false

  /// Creates the usual options.
  public init() {}

  /// The pace that goes with them.
  public func pace(every: Duration?, scale: Double = Allocation.usualScale) -> Pace {
    Pace(
      every: every, shortest: shortestInterval, longest: longestInterval, weight: weight,
      scale: scale)
  }

  /// A digest of who asks, by which a change is noticed and from which no secret follows; `nil` where
  /// nobody in particular does.
  ///
  /// Of a password only that there is one: a new one opens the same documents.
  var identity: String? {
    let login =
      switch credentials {
      case nil: ""
      case .basic(let user, _): "basic \(user)"
      case .bearer(let token): "bearer \(token)"
      }
    // A field may be a key, or say which of several documents is wanted.
    let fields = headers.map { "\n\($0.name): \($0.value)" }.joined()
    let words = login + fields
    return words.isEmpty ? nil : SHA256.hex(Array(words.utf8))
  }

  /// The `Authorization` field's value.
  var authorization: String? {
    switch credentials {
    case nil: nil
    case .basic(let user, let password):
      "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    case .bearer(let token): "Bearer " + token
    }
  }
}
