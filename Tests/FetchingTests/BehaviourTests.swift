import Core
import Curl
import Fetching
import FoundationEssentials
import Support
import Synchronization
import Testing

/// What servers of the wild do, each against the real client: numbers are those of the list of server
/// behaviours that polling was designed by.
@Suite("A poll survives", .timeLimit(.minutes(2))) struct BehaviourTests {
  private let world = PollWorld()

  /// Takes what has a root of a feed, as a reader would.
  private static let read: Poller.Accept = { _, outcome, _ in
    guard case .document(let document) = outcome else { return .unchanged }
    let text = String(decoding: document.body, as: UTF8.self)
    return text.contains("<rss")
      ? .taken(Taken(new: 0, overlap: 1, entries: 10)) : .notAFeed("found <html>")
  }

  /// Polls once for each reply, in order, an hour of order apart; the states after each.
  private func poll(_ replies: [Reply], gap: Double = 100) async throws -> (
    states: [PollState], requests: [Request]
  ) {
    let count = Mutex(0)
    let server = try LocalServer { _ in
      replies[
        min(
          count.withLock {
            $0 += 1
            return $0
          }, replies.count) - 1]
    }
    defer { server.stop() }
    let feed = feed(server, every: .seconds(1))
    var states: [PollState] = []
    for _ in replies {
      try await world.poller([feed], accept: Self.read).runOnce()
      states.append(try #require(world.states[feed.id]))
      world.turn(by: gap)
    }
    return (states, server.requests)
  }

  private static func feedWith(_ headers: [(String, String)], _ body: String = "<rss/>") -> Reply {
    .answer(200, headers, body)
  }

  @Test func `V0, V1: validators in odd forms, byte for byte`() async throws {
    let date = "Sunday, 06-Nov-94 08:49:37 GMT"
    let headers = [("ETag", "W/\"abc-gzip\""), ("Last-Modified", date)]
    let (states, requests) = try await poll([Self.feedWith(headers), .answer(304), .answer(304)])
    #expect(requests[1]["If-None-Match"] == "W/\"abc-gzip\"")
    #expect(requests[2]["If-Modified-Since"] == date)
    #expect(states.last?.notModified == 2)
  }

  @Test func `V2, V4: a 304 that brings a new ETag, which is sent next`() async throws {
    let (_, requests) = try await poll([
      Self.feedWith([("ETag", "\"1\""), ("Last-Modified", "x")]), .answer(304, [("ETag", "\"2\"")]),
      .answer(304),
    ])
    #expect(requests[2]["If-None-Match"] == "\"2\"")
    #expect(requests[2]["If-Modified-Since"] == "x")
  }

  @Test func `V3: a new ETag for the same bytes, without reading them`() async throws {
    let (states, requests) = try await poll((0..<3).map { Self.feedWith([("ETag", "\"\($0)\"")]) })
    #expect(requests[2]["If-None-Match"] == "\"1\"")
    #expect(states[2].etag == Array("\"2\"".utf8))
    let documents = world.outcomes.count { if case .document = $0 { true } else { false } }
    #expect(documents == 1)
  }

  @Test func `V8: a date to come, as it came`() async throws {
    let date = "Tue, 19 Jan 2038 03:14:07 GMT"
    let (_, requests) = try await poll([Self.feedWith([("Last-Modified", date)]), .answer(304)])
    #expect(requests[1]["If-Modified-Since"] == date)
  }

  @Test func `V10, P9: a 304 nobody asked for, without a loop`() async throws {
    let (states, requests) = try await poll([.answer(304)])
    #expect(states[0].lastFailure == "protocol")
    #expect(requests.count == 1)
    #expect(states[0].nextDue ?? .distantPast > (states[0].lastAttempt ?? .distantFuture))
  }

  @Test func `V11: an ETag that is gone from the next answer`() async throws {
    let (_, requests) = try await poll([
      Self.feedWith([("ETag", "\"1\"")]), Self.feedWith([], "<rss>2</rss>"), .answer(200, [], "x"),
    ])
    #expect(requests[2].bytes("If-None-Match") == nil)
  }

  @Test func `V9, P8: a server that answers 304 though it has news`() async throws {
    let server = try LocalServer { request in
      request.bytes("If-None-Match") == nil
        ? .answer(200, [("ETag", "\"1\"")], "<rss/>") : .answer(304)
    }
    defer { server.stop() }
    let feed = feed(server, every: .seconds(3600))
    // Sixteen days of a feed that brings two entries a day.
    for round in 0..<32 {
      try await world.poller([feed]) { _, outcome, _ in
        guard case .document = outcome else { return .unchanged }
        return .taken(Taken(new: 28, overlap: 0.5, entries: 28))
      }.runOnce()
      world.turn(by: 43_200)
      if round == 27 {
        #expect(server.requests.dropFirst().allSatisfy { $0.bytes("If-None-Match") != nil })
      }
    }
    #expect(server.requests.count { $0.bytes("If-None-Match") == nil } == 2)
    #expect(world.states[feed.id]?.failures == 0)
  }

  @Test func `C1, C2, P22: a page between two feeds, which changes nothing`() async throws {
    let page = Reply.answer(200, [("ETag", "\"page\""), ("Content-Type", "text/html")], "<html>")
    let (states, requests) = try await poll(
      [
        Self.feedWith([("ETag", "\"feed\"")]), page,
        Self.feedWith([("ETag", "\"feed\"")], "<rss>2</rss>"),
      ], gap: 20_000)
    #expect(states.map(\.failures) == [0, 1, 0])
    #expect(states[1].lastFailure == "notAFeed")
    #expect(states[1].etag == Array("\"feed\"".utf8))
    #expect(requests[2]["If-None-Match"] == "\"feed\"")
  }

  @Test(arguments: [200, 204]) func `C3: nothing at all, softly`(status: Int) async throws {
    let (states, _) = try await poll([Self.feedWith([("ETag", "\"a\"")]), .answer(status)])
    #expect(states[1].lastFailure == "empty")
    #expect(states[1].etag == Array("\"a\"".utf8))
  }

  @Test func `F4: a coding that it was not asked for`() async throws {
    // «<rss/>», by gzip.
    let gzip: [UInt8] = [
      0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff, 0xb3, 0x29, 0x2a, 0x2e, 0xd6, 0xb7, 0x03, 0,
    ]
    let (states, _) = try await poll([
      .answer(200, [("Content-Encoding", "gzip")], gzip + [0, 0, 0, 0, 6, 0, 0, 0])
    ])
    // The checksum is wrong on purpose: damage is a failure, never half a feed.
    #expect(states[0].lastFailure == "encoding")
    #expect(states[0].bodyHash == nil)
  }

  @Test func `F5, F12: a body that is cut off, and keeps what it had`() async throws {
    let cut = Reply.raw(
      "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nETag: \"b\"\r\n\r\n<rss", then: .close)
    let reset = Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss", then: .reset)
    let (states, _) = try await poll([Self.feedWith([("ETag", "\"a\"")]), cut, reset], gap: 20_000)
    #expect(states.map(\.failures) == [0, 1, 2])
    #expect(states[1].lastFailure == "truncated")
    #expect(states[2].etag == Array("\"a\"".utf8))
  }

  @Test func `F6: more bytes than announced, which poison no later answer`() async throws {
    let surplus = Reply.raw(
      "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    )
    let (states, requests) = try await poll([
      surplus, Self.feedWith([("ETag", "\"a\"")], "<rss>2</rss>"),
    ])
    #expect(states.map(\.failures) == [0, 0])
    #expect(states[1].etag == Array("\"a\"".utf8))
    #expect(requests.count == 2)
  }

  @Test func `F10: an announcement and fifty early hints`() async throws {
    let hints = String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", count: 50)
    let (states, _) = try await poll([
      .raw(
        "HTTP/1.1 100 Continue\r\n\r\n" + hints
          + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>")
    ])
    #expect(states[0].failures == 0)
  }

  @Test func `F13: bytes beyond ASCII in reason and headers`() async throws {
    let (states, _) = try await poll([
      Reply([
        .bytes(
          Array("HTTP/1.1 200 ".utf8) + [0xe9, 0xff] + Array("\r\nX-Odd: ".utf8) + [0xff, 0xc3]
            + Array("\r\nContent-Length: 6\r\n\r\n<rss/>".utf8))
      ])
    ])
    #expect(states[0].failures == 0)
  }

  @Test func `I1: a hundred cookies, of which none is sent back`() async throws {
    let cookies = (0..<100).map { ("Set-Cookie", "c\($0)=1") }
    let (_, requests) = try await poll([Self.feedWith(cookies), Self.feedWith([])])
    #expect(requests[1].bytes("Cookie") == nil)
  }

  @Test func `R2, P26: a temporary redirect, followed each time and never remembered`() async throws
  {
    let server = try LocalServer { request in
      request.target == "/feed" ? .redirect(307, to: "/now") : Self.feedWith([])
    }
    defer { server.stop() }
    let feed = feed(server, every: .seconds(1))
    for _ in 0..<8 {
      try await world.poller([feed]).runOnce()
      world.turn(by: 200_000)
    }
    #expect(server.requests.count == 16)
    #expect(world.states[feed.id]?.movedTo == nil)
    #expect(world.facts.isEmpty)
  }

  @Test func `R1, P27: a permanent redirect, remembered after a week of answers`() async throws {
    let server = try LocalServer { request in
      request.target == "/feed" ? .redirect(308, to: "/new") : Self.feedWith([])
    }
    defer { server.stop() }
    let feed = feed(server, every: .seconds(1))
    for _ in 0..<7 {
      try await world.poller([feed]).runOnce()
      world.turn(by: 200_000)
    }
    #expect(server.requests.count == 12)
    #expect(
      server.requests.suffix(3).map(\.target) == ["/feed", "/new", "/new"].suffix(3)
        || server.requests.last?.target == "/new")
    #expect(
      world.facts == [
        .moved(feed.id, from: feed.url, to: server.address("/new"), answers: 5)
      ])
  }

  @Test func `R5: a redirect to a name that does not exist`() async throws {
    let (states, _) = try await poll([.redirect(301, to: "http://nowhere.invalid/")])
    #expect(states[0].lastFailure == "dns" || states[0].lastFailure == "timeout")
    #expect(states[0].movedTo == nil)
  }

  @Test func `R6: a login page for three polls, then the feed`() async throws {
    let login = Reply.redirect(301, to: "/login")
    let page = Reply.answer(200, [("Content-Type", "text/html")], "<html>")
    let (states, _) = try await poll(
      [login, page, login, page, login, page, Self.feedWith([])], gap: 90_000)
    let last = try #require(states.last)
    #expect(last.failures == 0)
    #expect((last.adopted, last.movedTo) == (nil, nil))
  }

  @Test func `S4: a redirect that names a user, which is not used`() async throws {
    let server = try LocalServer { request in
      request.target == "/feed"
        ? .redirect(
          to: "http://evil:secret@127.0.0.1:\(request["Host"]?.split(separator: ":").last ?? "")/x")
        : Self.feedWith([])
    }
    defer { server.stop() }
    let feed = feed(server, every: .seconds(1))
    try await world.poller([feed]).runOnce()
    #expect(server.requests.count == 2)
    #expect(server.requests[1].bytes("Authorization") == nil)
    #expect(world.states[feed.id]?.finalURL == server.address("/x"))
  }

  @Test func `H1: trouble at every second request, which success forgets`() async throws {
    let (states, _) = try await poll(
      [.answer(999), Self.feedWith([]), .answer(500), Self.feedWith([])], gap: 90_000)
    #expect(states.map(\.failures) == [1, 0, 1, 0])
    #expect(states.map(\.lastFailure) == ["serverError", nil, "serverError", nil])
  }

  @Test(arguments: [(404, 3600.0), (401, 86_400), (403, 14_400)])
  func `H3: a refusal, asked about once and not again soon`(status: Int, wait: Double) async throws
  {
    let (states, requests) = try await poll([.answer(status), .answer(status)])
    #expect(requests.count == 1)
    let due = try #require(states[0].nextDue)
    #expect(due.timeIntervalSince(states[0].lastAttempt ?? due) >= wait)
  }

  @Test(arguments: [
    ("120", 120.0), ("99999999999999999999", 604_800), ("-5", 600), ("soon", 600), ("", 600),
  ]) func `H4, P18: being asked to come less often`(retry: String, wait: Double) async throws {
    let (states, requests) = try await poll([.answer(429, [("Retry-After", retry)]), .answer(429)])
    #expect(requests.count == 1)
    let due = try #require(states[0].nextDue).timeIntervalSince(states[0].lastAttempt ?? world.now)
    #expect(due >= max(wait, 600) && due <= max(wait, 600) * 1.2)
  }

  @Test func `A1, P13: an hour of freshness, on a 200 and on a 304`() async throws {
    let fresh = [("Cache-Control", "max-age=3600"), ("ETag", "\"1\"")]
    let (states, requests) = try await poll(
      [Self.feedWith(fresh), Self.feedWith(fresh), .answer(304, fresh), .answer(304, fresh)],
      gap: 2_000)
    #expect(requests.count == 2)
    #expect(states.last?.freshness == .seconds(3600))
  }

  @Test func `A2: a year of freshness, for a day`() async throws {
    let (states, requests) = try await poll(
      [Self.feedWith([("Cache-Control", "max-age=31536000")]), Self.feedWith([])], gap: 100_000)
    #expect(requests.count == 2)
    #expect(states[0].freshness == .seconds(86_400))
  }

  @Test(arguments: [
    ("Cache-Control", "max-age=-1"), ("Cache-Control", "max-age=\"60\""), ("Expires", "0"),
  ])
  func `A3: freshness that says nothing`(name: String, value: String) async throws {
    let (states, _) = try await poll([Self.feedWith([(name, value)])])
    #expect(states[0].freshness == nil)
    #expect(!states[0].statesFreshness)
  }

  @Test func `A4, P14: what the last document asked for, over the 304s after it`() async throws {
    let server = try LocalServer { request in
      request.bytes("If-None-Match") == nil ? Self.feedWith([("ETag", "\"1\"")]) : .answer(304)
    }
    defer { server.stop() }
    let feed = feed(server)
    for _ in 0..<3 {
      try await world.poller([feed]) { _, outcome, _ in
        guard case .document = outcome else { return .unchanged }
        return .taken(Taken(new: 1, overlap: 0.9, entries: 10, interval: .seconds(40_000)))
      }.runOnce()
      let state = try #require(world.states[feed.id])
      #expect(state.nextDue ?? world.now >= world.now + 39_000)
      world.turn(by: 50_000)
    }
    #expect(server.requests.count == 3)
  }

  @Test func `A5, P10: only what is new, where the feed is set to take that`() async throws {
    let server = try LocalServer { request in
      request.bytes("A-IM") == nil
        ? Self.feedWith([("ETag", "\"1\"")])
        : .answer(226, [("ETag", "\"2\""), ("IM", "feed")], "<rss>new</rss>")
    }
    defer { server.stop() }
    let feed = feed(server, every: .seconds(1))
    var options = PollOptions()
    options.takesDeltas = true
    for _ in 0..<2 {
      try await world.poller([feed], options: [feed.id: options]).runOnce()
      world.turn(by: 100)
    }
    #expect(server.requests[1]["A-IM"] == "feed")
    guard case .document(let document) = world.outcomes[1] else {
      Issue.record("no document")
      return
    }
    #expect(document.status == 226)
  }
}
