import Core

/// What a client gets.
public struct Answer: Sendable {
  public typealias Headers = [(name: String, value: String)]

  public var status: Int
  public var headers: Headers
  public var body: [UInt8]
  /// What is sent in the place of the body, as it comes.
  var stream: EventStream?

  public init(_ status: Int, _ headers: Headers = [], _ body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

extension Answer {
  /// The headers of everything that the page gives: nothing from elsewhere, nothing in a frame.
  static func headers(_ type: String, tag: String? = nil) -> Headers {
    let headers = [
      ("Content-Type", type + "; charset=utf-8"), ("X-Content-Type-Options", "nosniff"),
      ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Content-Security-Policy", policy),
      ("Cache-Control", tag == nil ? "no-store" : "private, no-cache"),
    ]
    return headers + (tag.map { [("ETag", $0)] } ?? [])
  }

  private static let policy = """
    default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'
    """

  /// One line of ours.
  static func plain(_ status: Int, _ text: String, _ more: Headers = []) -> Answer {
    Answer(status, headers("text/plain") + more, Array(text.utf8))
  }

  init(_ error: PageError) {
    self =
      switch error {
      case .unknown: .plain(404, "not here\n")
      case .unclear(let what): .plain(400, SafeText.line(what) + "\n")
      case .busy: .plain(503, "too much is asked at once; ask again\n", [("Retry-After", "5")])
      case .tooLong: .plain(503, "it took too long; ask for less\n")
      }
  }
}
