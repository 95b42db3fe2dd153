import Core
import Curl
import Fetching
import FoundationEssentials
import Support
import Testing

@Suite(
  "A feed over TLS", .enabled(if: TLSServer.isAvailable, "openssl is missing"), .serialized,
  .timeLimit(.minutes(2)))
struct CertificateTests {
  private static let reply =
    "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 6\r\n\r\n<rss/>"

  private func fetch(
    _ certificate: TLSServer.Certificate, host: String = "127.0.0.1", trusting: Bool = true,
    isInsecure: Bool = false
  ) async throws -> FetchOutcome {
    let server = try TLSServer(certificate, answering: Self.reply)
    defer { server.stop() }
    let url = "https://\(host):\(server.port)/feed"
    var options = PollOptions()
    options.authorities = trusting ? server.authorities : nil
    options.isInsecure = isInsecure
    let feed = Feed(id: Feed.ID("a"), url: url, privateNetwork: true)
    let question = Question(
      feed, options: options, state: PollState(url: url), now: Date(timeIntervalSince1970: 0))
    return try await FeedFetcher(try HTTPClient()).fetch(question).outcome
  }

  private func document(_ outcome: FetchOutcome) throws -> Document {
    guard case .document(let document) = outcome else {
      throw try #require(outcome.failure)
    }
    return document
  }

  @Test func `X1: is taken where an authority that is known vouches for it`() async throws {
    let document = try document(try await fetch(.good))
    #expect(String(decoding: document.body, as: UTF8.self) == "<rss/>")
    #expect(document.validators.etag == Array("\"1\"".utf8))
  }

  @Test(arguments: [
    (TLSServer.Certificate.expired, "127.0.0.1", "certificate has expired"),
    (.good, "localhost", "no alternative certificate subject name matches target host name"),
    (.selfSigned, "127.0.0.1", "self-signed certificate"),
  ])
  func `X2: is refused with the reason where nobody can vouch for it, and nothing of it is read`(
    certificate: TLSServer.Certificate, host: String, words: String
  ) async throws {
    let failure = try #require(try await fetch(certificate, host: host).failure)
    #expect(failure.kind == .tls && failure.status == nil)
    #expect(failure.message.contains(words), "\(failure.message)")
  }

  @Test func `X2: is refused where its authority is not among those of the machine`() async throws {
    let failure = try #require(try await fetch(.good, trusting: false).failure)
    #expect(failure.kind == .tls)
    #expect(failure.message.contains("unable to get local issuer certificate"))
  }

  /// What a proxy says of the tunnel must not be taken for the answer.
  @Test func `is read through the tunnel of a proxy, with status and validators`() async throws {
    let server = try TLSServer(
      .good, answering: "HTTP/1.1 404 Not Found\r\nETag: \"1\"\r\nContent-Length: 6\r\n\r\n<rss/>")
    let proxy = try TunnelProxy(to: server.port)
    defer {
      proxy.stop()
      server.stop()
    }
    var options = PollOptions()
    options.isInsecure = true
    options.proxy = "http://127.0.0.1:\(proxy.port)"
    let url = "https://news.example:\(server.port)/feed"
    let question = Question(
      Feed(id: Feed.ID("a"), url: url), options: options, state: PollState(url: url),
      now: Date(timeIntervalSince1970: 0))
    let failure = try #require(
      try await FeedFetcher(try HTTPClient()).fetch(question).outcome.failure)
    #expect(failure.status == 404, "\(failure.message)")
  }

  @Test func `X2: is taken from anybody where its operator says so`() async throws {
    let document = try document(try await fetch(.expired, trusting: false, isInsecure: true))
    #expect(document.status == 200)
  }
}

extension FetchOutcome {
  var failure: FetchFailure? {
    if case .failed(let failure) = self { failure } else { nil }
  }
}
