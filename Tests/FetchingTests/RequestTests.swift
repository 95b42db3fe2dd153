import Core
import Curl
import Fetching
import FoundationEssentials
import Support
import Synchronization
import Testing

@Suite("A request", .timeLimit(.minutes(2))) struct RequestTests {
  private let world = PollWorld()

  /// The requests that a feed is asked with when it answers so, one after the other.
  private func requests(_ replies: [Reply]) async throws -> [Request] {
    let left = Mutex(replies)
    let server = try LocalServer { _ in left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
    defer { server.stop() }
    for _ in replies {
      try await world.poller([feed(server, every: .seconds(1))]).runOnce()
      world.turn(by: 100)
    }
    return server.requests
  }

  @Test func `P2: names no date that its publisher did not give as that of the document`()
    async throws
  {
    let dated = [("ETag", "\"1\""), ("Date", "Tue, 14 Nov 2023 22:13:20 GMT"), ("Age", "5")]
    let body = "<rss><lastBuildDate>Tue, 14 Nov 2023 22:13:20 GMT</lastBuildDate></rss>"
    let requests = try await requests([
      .answer(200, dated, body), .answer(304), .answer(304, [("Date", "x")]),
    ])
    #expect(requests.count == 3)
    #expect(requests.allSatisfy { $0.bytes("If-Modified-Since") == nil })
    #expect(requests[1...].allSatisfy { $0["If-None-Match"] == "\"1\"" })
  }

  @Test func `P3: takes both validators from one answer, dropping what a newer one lacks`()
    async throws
  {
    let requests = try await requests([
      .answer(200, [("ETag", "\"1\""), ("Last-Modified", "a")], "<rss/>"),
      .answer(200, [("ETag", "\"2\"")], "<rss>2</rss>"),
      .answer(200, [("Last-Modified", "b")], "<rss>3</rss>"), .answer(304),
    ])
    let sent = requests.map { [$0["If-None-Match"], $0["If-Modified-Since"]] }
    #expect(sent == [[nil, nil], ["\"1\"", "a"], ["\"2\"", nil], [nil, "b"]])
  }

  @Test func `P33: offers three codings and the types of feeds, always alike`() async throws {
    let requests = try await requests([.answer(200, [("ETag", "\"1\"")], "<rss/>"), .answer(304)])
    #expect(requests.map { $0["Accept-Encoding"] } == ["gzip, deflate, br", "gzip, deflate, br"])
    let accept = try #require(requests[0]["Accept"])
    #expect(accept.hasPrefix("application/rss+xml, ") && accept.hasSuffix(", */*;q=0.1"))
    #expect(requests[1]["Accept"] == accept)
  }

  @Test(arguments: [
    Array("W/\"abc-gzip\"".utf8), Array("no-quotes".utf8), [0x22, 0xE9, 0xFF, 0x22],
    Array("\"a\\\"b\"".utf8),
  ]) func `V5: sends an ETag back as it came, whatever it is`(tag: [UInt8]) async throws {
    let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nETag: ".utf8)
    let reply = Reply([.bytes(head + tag + Array("\r\n\r\n<rss/>".utf8))])
    let requests = try await requests([reply, .answer(304)])
    #expect(requests[1].bytes("If-None-Match") == tag)
  }

  @Test func `T1: ends where a server is slow or silent, and keeps what is known`() async throws {
    let head = "HTTP/1.1 200 OK\r\nETag: \"2\"\r\nContent-Length: 100\r\n\r\n"
    let slow = try LocalServer { request in
      switch request.target {
      case "/mute": .silence
      case "/stops": .raw(head + "<rss>", then: .hang)
      case "/head": Reply([.bytes(Array("HTTP/1.1 200 OK\r\nX: ".utf8)), .drip(Array("a".utf8))])
      default: Reply([.bytes(Array(head.utf8)), .drip(Array(" ".utf8))])
      }
    }
    let server = try LocalServer { _ in .answer(200, [("ETag", "\"1\"")], "<rss/>") }
    defer {
      slow.stop()
      server.stop()
    }
    var settings = FeedFetcher.Settings()
    settings.timeouts.slow = .seconds(1)
    let fetcher = FeedFetcher(try HTTPClient(), settings)
    let bad = ["/mute", "/stops", "/head", "/drips"].map { feed(slow, $0, every: .seconds(60)) }
    let known = bad.map { feed in
      var state = PollState(url: feed.url)
      (state.etag, state.finalURL, state.bodyHash) = (Array("\"1\"".utf8), feed.url, 1)
      return (feed.id, state)
    }
    world.set(Dictionary(uniqueKeysWithValues: known))
    let good = (0..<20).map { feed(server, "/\($0)", every: .seconds(60)) }
    let poller = world.poller(bad + good, schedule: Schedule(inFlight: 8)) {
      try await fetcher.fetch($0)
    }
    try await poller.runOnce()
    for feed in bad {
      let state = try #require(world.states[feed.id])
      #expect(state.lastFailure == "timeout" && state.failures == 1, "\(feed.url)")
      #expect(state.etag == Array("\"1\"".utf8))
      #expect(try #require(state.nextDue) > world.now)
    }
    #expect(good.allSatisfy { world.states[$0.id]?.failures == 0 })
  }
}
