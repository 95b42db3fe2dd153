import Core
import Curl
import Fetching
import FoundationEssentials
import Support
import Testing

@Suite("A feed fetcher") struct FeedFetcherTests {
  private let now = Date(timeIntervalSince1970: 1_700_000_000)
  private let client: HTTPClient

  init() throws {
    client = try HTTPClient()
  }

  private func fetch(
    _ server: LocalServer, _ path: String = "/feed", _ state: PollState? = nil
  ) async throws -> Fetched {
    let feed = feed(server, path)
    return try await FeedFetcher(client).fetch(feed, state ?? PollState(url: feed.url), now: now)
  }

  private func kind(_ fetched: Fetched) -> FetchFailure.Kind? {
    if case .failed(let failure) = fetched.outcome { return failure.kind }
    return nil
  }

  @Test(arguments: [
    Array("\"abc\"".utf8), Array("W/\"abc-gzip\"".utf8), Array("no-quotes".utf8),
    [0x22, 0xe9, 0xff, 0x22],
  ]) func `P1: sends validators back byte for byte`(etag: [UInt8]) async throws {
    let odd = Array("Tuesday, 14-Nov-23 22:13:20 GMT".utf8)
    let server = try LocalServer { request in
      guard request.bytes("If-None-Match") == nil else { return .answer(304) }
      return Reply([
        .bytes(
          Array("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nETag: ".utf8) + etag
            + Array("\r\nLast-Modified: ".utf8) + odd + Array("\r\n\r\n<rss/>".utf8))
      ])
    }
    defer { server.stop() }
    let first = try await fetch(server)
    guard case .document(let document) = first.outcome else {
      Issue.record("no document: \(first.outcome)")
      return
    }
    #expect(document.validators == Validators(etag: etag, lastModified: odd))
    #expect(document.isFirst)
    var state = PollState(url: server.address("/feed"))
    (state.etag, state.lastModified, state.finalURL) = (etag, odd, document.address)
    let second = try await fetch(server, "/feed", state)
    #expect(server.requests[1].bytes("If-None-Match") == etag)
    #expect(server.requests[1].bytes("If-Modified-Since") == odd)
    guard case .notModified(let answer) = second.outcome else {
      Issue.record("no 304: \(second.outcome)")
      return
    }
    #expect(answer.validators == document.validators)
  }

  @Test func `P4: takes a new ETag from a 304 and keeps the date`() async throws {
    let server = try LocalServer { _ in .answer(304, [("ETag", "\"new\"")]) }
    defer { server.stop() }
    var state = PollState(url: server.address("/feed"))
    state.finalURL = state.url
    state.etag = Array("\"old\"".utf8)
    state.lastModified = Array("yesterday".utf8)
    guard case .notModified(let answer) = try await fetch(server, "/feed", state).outcome else {
      Issue.record("no 304")
      return
    }
    #expect(answer.validators.etag == Array("\"new\"".utf8))
    #expect(answer.validators.lastModified == Array("yesterday".utf8))
  }

  @Test func `P9: a 304 nobody asked for is a failure`() async throws {
    let server = try LocalServer { _ in .answer(304) }
    defer { server.stop() }
    #expect(kind(try await fetch(server)) == .protocol)
  }

  @Test func `P7: sends validators only to the address that gave them`() async throws {
    let server = try LocalServer { request in
      request.target == "/feed" ? .redirect(to: "/other") : .answer(200, [], "<rss/>")
    }
    defer { server.stop() }
    var state = PollState(url: server.address("/feed"))
    state.finalURL = server.address("/other")
    state.etag = Array("\"x\"".utf8)
    _ = try await fetch(server, "/feed", state)
    #expect(server.requests[0].bytes("If-None-Match") == nil)
    #expect(server.requests[1]["If-None-Match"] == "\"x\"")
  }

  @Test(arguments: [String(repeating: "a", count: 20_00), "a\u{1}b", "a\u{7f}"])
  func `V6, V7: does not keep a validator that is too long or has control bytes`(
    etag: String
  ) async throws {
    let server = try LocalServer { _ in .answer(200, [("ETag", etag)], "<rss/>") }
    defer { server.stop() }
    guard case .document(let document) = try await fetch(server).outcome else {
      Issue.record("no document")
      return
    }
    #expect(document.validators.isEmpty)
  }

  @Test func `knows the same bytes again`() async throws {
    let server = try LocalServer { _ in .answer(200, [("ETag", "\"n\"")], "<rss/>") }
    defer { server.stop() }
    guard case .document(let document) = try await fetch(server).outcome else {
      Issue.record("no document")
      return
    }
    var state = PollState(url: server.address("/feed"))
    state.bodyHash = document.hash
    guard case .notModified(let answer) = try await fetch(server, "/feed", state).outcome else {
      Issue.record("read again")
      return
    }
    #expect(answer.status == 200)
    #expect(answer.validators.etag == Array("\"n\"".utf8))
  }

  @Test func `P25: follows five redirects and no sixth`() async throws {
    let server = try LocalServer { request in
      let step = Int(request.target.dropFirst()) ?? 0
      return step == 0 ? .answer(200, [], "<rss/>") : .redirect(308, to: "/\(step - 1)")
    }
    defer { server.stop() }
    let five = try await fetch(server, "/5")
    #expect(kind(five) == nil)
    #expect(five.movedTo == server.address("/0"))
    #expect(kind(try await fetch(server, "/6")) == .redirect)
  }

  @Test(arguments: [
    ("/loop", FetchFailure.Kind.redirect), ("", .redirect), ("file:///etc/passwd", .redirect),
    ("gopher://127.0.0.1/", .redirect), ("http://127.0.0.1:1/", .refusedAddress),
    ("http://169.254.169.254/", .refusedAddress), ("http://0.0.0.0:9999/", .refusedAddress),
    ("http://[::ffff:127.0.0.1]:9999/", .refusedAddress),
    ("http://2130706433:9999/", .refusedAddress),
  ]) func `S2, S3, R3, R4: follows no redirect to where it must not`(
    location: String, expected: FetchFailure.Kind
  ) async throws {
    let server = try LocalServer { _ in .redirect(301, to: location) }
    defer { server.stop() }
    #expect(kind(try await fetch(server, "/loop")) == expected)
  }

  @Test(arguments: [
    (201, FetchFailure.Kind.protocol), (204, .empty), (205, .empty), (206, .protocol),
    (301, .redirect), (305, .protocol), (306, .protocol), (402, .client), (405, .client),
    (407, .unauthorised), (425, .serverError), (501, .serverError), (600, .serverError),
    (300, .protocol), (400, .client),
    (401, .unauthorised), (403, .blocked), (404, .notFound), (408, .serverError), (410, .gone),
    (429, .rateLimited), (451, .client), (500, .serverError), (503, .serverError),
    (999, .serverError),
  ]) func `names what a status means`(status: Int, expected: FetchFailure.Kind) async throws {
    let server = try LocalServer { _ in .answer(status, [("Retry-After", "120")]) }
    defer { server.stop() }
    let fetched = try await fetch(server)
    #expect(kind(fetched) == expected)
    #expect(fetched.status == status)
    guard case .failed(let failure) = fetched.outcome else { return }
    #expect(failure.retryAfter == (status >= 400 ? .seconds(120) : nil))
  }

  @Test func `shows no password of its address, and is conditional all the same`() async throws {
    let server = try LocalServer { _ in .answer(200, [("ETag", "\"1\"")], "<rss/>") }
    defer { server.stop() }
    var feed = feed(server)
    feed.url = "http://desk:secret@127.0.0.1:\(server.port)/feed"
    let fetcher = FeedFetcher(client)
    var state = PollState(url: feed.url)
    let first = try await fetcher.fetch(feed, state, now: now)
    guard case .document(let document) = first.outcome else {
      Issue.record("no document: \(first.outcome)")
      return
    }
    #expect(document.address == server.address("/feed"))
    #expect(server.requests[0]["Authorization"] == "Basic ZGVzazpzZWNyZXQ=")
    (state.finalURL, state.etag) = (document.address, document.validators.etag)
    _ = try await fetcher.fetch(feed, state, now: now)
    #expect(server.requests[1]["If-None-Match"] == "\"1\"")
  }

  @Test func `C3: an empty document is a failure`() async throws {
    let server = try LocalServer { _ in .answer(200) }
    defer { server.stop() }
    #expect(kind(try await fetch(server)) == .empty)
  }

  @Test func `gives up when its task is cancelled`() async throws {
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let feed = feed(server)
    let fetcher = FeedFetcher(client)
    let task = Task { try await fetcher.fetch(feed, PollState(url: feed.url), now: now) }
    await server.received(1)
    task.cancel()
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }

  @Test(arguments: [
    ([301], true), ([308, 301], true), ([302], false), ([303], false), ([307], false),
    ([301, 302], false), ([307, 308], false),
  ]) func `P26, P27: has moved only where every hop says so for good`(
    statuses: [Int], hasMoved: Bool
  ) async throws {
    let server = try LocalServer { request in
      let step = Int(request.target.dropFirst()) ?? 0
      guard step < statuses.count else { return .answer(200, [], "<rss/>") }
      return .redirect(statuses[step], to: "/\(step + 1)")
    }
    defer { server.stop() }
    let fetched = try await fetch(server, "/0")
    #expect(fetched.movedTo == (hasMoved ? server.address("/\(statuses.count)") : nil))
    #expect(fetched.status == 200)
  }

  @Test func `P7: keeps no validator of a redirect, only those of the last answer`() async throws {
    let server = try LocalServer { request in
      request.target == "/feed"
        ? .answer(302, [("Location", "/other"), ("ETag", "\"hop\"")])
        : .answer(200, [("Last-Modified", "today")], "<rss/>")
    }
    defer { server.stop() }
    guard case .document(let document) = try await fetch(server).outcome else {
      Issue.record("no document")
      return
    }
    #expect(document.validators == Validators(lastModified: Array("today".utf8)))
    #expect(document.address == server.address("/other"))
  }

  @Test func `P32, P34: sends no password, cookie or referrer along a redirect`() async throws {
    let other = try LocalServer { _ in .answer() }
    let server = try LocalServer { request in
      request.target == "/feed"
        ? .answer(302, [("Location", "/next"), ("Set-Cookie", "a=b")])
        : .redirect(to: other.address("/away"))
    }
    defer {
      server.stop()
      other.stop()
    }
    var feed = feed(server)
    feed.url = "http://desk:secret@127.0.0.1:\(server.port)/feed"
    let state = PollState(url: feed.url)
    let fetched = try await FeedFetcher(client).fetch(feed, state, now: now)
    // Permission for a private network belongs to the feed's own origin, port included.
    #expect(kind(fetched) == .refusedAddress)
    #expect(other.connections == 0)
    #expect(server.requests.count == 2)
    for name in ["Authorization", "Cookie", "Referer"] {
      #expect(server.requests[1].bytes(name) == nil)
    }
  }

  @Test func `P13, F1: takes the freshness of a 304 and no body with it`() async throws {
    let server = try LocalServer { _ in
      .raw("HTTP/1.1 304 No\r\nCache-Control: max-age=7200\r\nContent-Length: 9\r\n\r\n")
    }
    defer { server.stop() }
    var state = PollState(url: server.address("/feed"))
    (state.finalURL, state.lastModified) = (state.url, Array("yesterday".utf8))
    guard case .notModified(let answer) = try await fetch(server, "/feed", state).outcome else {
      Issue.record("no 304")
      return
    }
    #expect(answer.freshness == .seconds(7200))
    #expect(answer.validators == Validators(lastModified: Array("yesterday".utf8)))
    #expect(server.requests[0].bytes("If-None-Match") == nil)
  }

  @Test(arguments: [1024, 1025]) func `V6: keeps a validator of 1 KB and no longer`(
    count: Int
  ) async throws {
    let etag = String(repeating: "a", count: count)
    let server = try LocalServer { _ in .answer(200, [("ETag", etag)], "<rss/>") }
    defer { server.stop() }
    guard case .document(let document) = try await fetch(server).outcome else {
      Issue.record("no document")
      return
    }
    #expect((document.validators.etag?.count ?? 0) == (count == 1024 ? 1024 : 0))
  }

  @Test(arguments: [
    Reply.answer(200, [("Content-Encoding", "\u{1b}[2Jx")], "x"),
    .redirect(to: "\u{1b}]0;evil\u{7}://x/"), .redirect(to: "http://\u{1b}[2J/"),
    .raw("\u{1b}[2J\r\n", then: .close),
  ]) func `F13: makes what it tells of a hostile answer safe`(reply: Reply) async throws {
    let server = try LocalServer { _ in reply }
    defer { server.stop() }
    guard case .failed(let failure) = try await fetch(server).outcome else {
      Issue.record("no failure")
      return
    }
    #expect(failure.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f })
    #expect(failure.message.count < 300)
  }

  @Test(arguments: [
    ("/feed", "more than 5 redirects, perhaps a loop; look for the feed's new address"),
    ("", "the address is empty; look for the feed's new address"),
    (
      "http://0.0.0.0:9999/",
      "the address lies on a private or local network, which was not allowed; "
        + "no redirect is followed there"
    ),
  ]) func `tells the operator what to do about a redirect`(
    location: String, message: String
  ) async throws {
    let server = try LocalServer { _ in .redirect(to: location) }
    defer { server.stop() }
    guard case .failed(let failure) = try await fetch(server).outcome else {
      Issue.record("no failure")
      return
    }
    #expect(failure.message == message)
  }

  @Test func `advises to allow a private network only where that would help`() async throws {
    let refused = "the address lies on a private or local network, which was not allowed"
    let advice = "; set `private_network: true` if it is yours"
    for (url, isPrivate, message) in [
      ("http://127.0.0.1:9999/", false, refused + advice),
      ("http://169.254.169.254/", true, refused),
    ] {
      let feed = Feed(id: Feed.ID("a"), url: url, privateNetwork: isPrivate)
      let fetched = try await FeedFetcher(client).fetch(feed, PollState(url: url), now: now)
      #expect(fetched.outcome == .failed(FetchFailure(.refusedAddress, message)))
    }
  }
}
