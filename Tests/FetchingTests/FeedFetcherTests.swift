import Core
import Curl
import Foundation
import Support
import Testing

@testable import Fetching

@Suite("A feed fetcher") struct FeedFetcherTests {
  static let now = Date(timeIntervalSince1970: 1_715_837_220)

  func fetch(
    _ server: LocalServer, _ path: String = "/feed", _ change: (inout PollState) -> Void = { _ in },
    isPrivate: Bool = true
  ) async throws -> FetchOutcome? {
    let feed = Feed(id: Feed.ID("f"), url: server.address(path), privateNetwork: isPrivate)
    var state = PollState(url: feed.url)
    change(&state)
    let fetcher = FeedFetcher(try HTTPClient(), FeedFetcher.Options(userAgent: "Tidings/test"))
    return await fetcher.fetch(feed, state, now: Self.now)
  }

  @Test func `sends both validators back byte for byte`() async throws {
    let server = try LocalServer { _ in .answer(304) }
    defer { server.stop() }
    let etag = Array("W/\"a\u{e9}-gzip\"".utf8)
    let date = Array("Thursday, 16-May-24 05:27:00 GMT".utf8)
    let outcome = try await fetch(server) { state in
      (state.etag, state.lastModified, state.finalURL) = (etag, date, state.url)
    }
    guard case .notModified = outcome else {
      Issue.record("\(String(describing: outcome))")
      return
    }
    #expect(server.requests[0].bytes("if-none-match") == etag)
    #expect(server.requests[0].bytes("if-modified-since") == date)
    #expect(server.requests[0]["cookie"] == nil)
  }

  @Test func `takes a 304 that was not asked for as a failure`() async throws {
    let server = try LocalServer { _ in .answer(304) }
    defer { server.stop() }
    guard case .failed(let failure) = try await fetch(server) else {
      Issue.record("not a failure")
      return
    }
    #expect(failure.kind == .protocol)
  }

  @Test(arguments: [
    (404, FetchFailure.Kind.notFound), (410, .gone), (403, .blocked), (401, .unauthorised),
    (500, .serverError),
    (429, .rateLimited), (204, .empty), (418, .client),
  ])
  func `names what a status means`(status: Int, kind: FetchFailure.Kind) async throws {
    let server = try LocalServer { _ in
      .answer(status, [("Retry-After", "120")], status == 204 ? "" : "x")
    }
    defer { server.stop() }
    guard case .failed(let failure) = try await fetch(server) else {
      Issue.record("not a failure")
      return
    }
    #expect(failure.kind == kind)
    #expect(status == 204 || failure.retryAfter == .seconds(120))
  }

  @Test func `follows redirects and says who answered`() async throws {
    let server = try LocalServer { request in
      request.target == "/feed"
        ? .redirect(301, to: "/new") : .answer(200, [("ETag", "\"1\"")], "<rss/>")
    }
    defer { server.stop() }
    guard case .document(let document) = try await fetch(server) else {
      Issue.record("no document")
      return
    }
    #expect(document.answer.address == server.address("/new"))
    #expect(document.answer.validators.etag == Array("\"1\"".utf8))
  }

  @Test(arguments: [
    "/feed", "file:///etc/passwd", "gopher://127.0.0.1/", "http://[::ffff:127.0.0.1]:1/", "",
  ])
  func `ends at a loop, another scheme or another private address`(location: String) async throws {
    let server = try LocalServer { _ in .redirect(302, to: location) }
    defer { server.stop() }
    guard case .failed = try await fetch(server) else {
      Issue.record("not a failure")
      return
    }
    #expect(server.requests.count <= 6)
  }

  @Test func `refuses this machine where the feed has no leave`() async throws {
    let server = try LocalServer { _ in .answer(200, [], "<rss/>") }
    defer { server.stop() }
    guard case .failed(let failure) = try await fetch(server, isPrivate: false) else {
      Issue.record("not a failure")
      return
    }
    #expect(failure.kind == .refusedAddress)
    #expect(server.requests.isEmpty)
  }
}
