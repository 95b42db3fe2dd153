import Core
import Curl
@testable import Fetching
import FoundationEssentials
import Support
import Testing

@Suite("A feed's options") struct PollOptionsTests {
  private let now = Date(timeIntervalSince1970: 1_700_000_000)
  private let client: HTTPClient

  init() throws {
    client = try HTTPClient()
  }

  private func fetch(
    _ feed: Feed, _ change: (inout PollOptions) -> Void, share: BodyShare? = nil
  ) async throws -> Fetched {
    var options = PollOptions()
    change(&options)
    let state = PollState(url: feed.url)
    return try await FeedFetcher(client).fetch(
      Question(feed, options: options, state: state, now: now, share: share))
  }

  private func kind(_ fetched: Fetched) -> FetchFailure.Kind? {
    if case .failed(let failure) = fetched.outcome { return failure.kind }
    return nil
  }

  @Test func `P31: an own name and fields go with the request`() async throws {
    let server = try LocalServer { _ in .answer(200, [], "<rss/>") }
    defer { server.stop() }
    _ = try await fetch(feed(server)) {
      $0.userAgent = "Desk/1"
      $0.headers = [PollOptions.Field("X-Key", "abc")]
      $0.credentials = .bearer(token: "t0ken")
    }
    #expect(server.requests[0]["User-Agent"] == "Desk/1")
    #expect(server.requests[0]["X-Key"] == "abc")
    #expect(server.requests[0]["Authorization"] == "Bearer t0ken")
  }

  @Test func `P34: neither fields nor logins follow a redirect to another origin`() async throws {
    let other = try LocalServer { _ in .answer(200, [], "<rss/>") }
    let server = try LocalServer { _ in .redirect(to: other.address("/away")) }
    defer { for each in [server, other] { each.stop() } }
    let fetched = try await fetch(feed(server)) {
      $0.headers = [PollOptions.Field("X-Key", "abc")]
      $0.credentials = .basic(user: "desk", password: "secret")
    }
    #expect(server.requests[0]["Authorization"] == "Basic ZGVzazpzZWNyZXQ=")
    #expect(kind(fetched) == .refusedAddress)
    #expect(other.connections == 0)
  }

  @Test func `P7: who asks anew as another is conditional on nothing`() {
    var state = PollState(url: "http://x/")
    (state.etag, state.lastModified, state.bodyHash) = ([1], [2], 3)
    state.ask(as: nil)
    #expect(state.etag == [1])
    state.ask(as: "desk")
    #expect((state.etag, state.lastModified, state.bodyHash) == (nil, nil, nil))
    state.etag = [4]
    state.ask(as: "desk")
    #expect(state.etag == [4])
  }

  @Test func `P7: another value of a field of its own is another who asks`() {
    func identity(_ value: String?) -> String? {
      var options = PollOptions()
      options.headers = value.map { [PollOptions.Field("X-Key", $0)] } ?? []
      return options.identity
    }
    #expect(identity(nil) == nil)
    #expect(identity("a") == identity("a") && identity("a") != identity("b"))
  }

  @Test func `a proxy is asked for what lies beyond it, and for nothing inside`() async throws {
    let proxy = try LocalServer { _ in .answer(200, [], "<rss/>") }
    defer { proxy.stop() }
    let beyond = Feed(id: Feed.ID("a"), url: "http://news.example/feed")
    let fetched = try await fetch(beyond) { $0.proxy = proxy.address("") }
    #expect(kind(fetched) == nil)
    #expect(proxy.requests[0].target == "http://news.example/feed")
    for url in ["http://127.0.0.1:9/", "http://169.254.169.254/", "http://localhost/"] {
      let inside = Feed(id: Feed.ID("a"), url: url)
      #expect(kind(try await fetch(inside) { $0.proxy = proxy.address("") }) == .refusedAddress)
    }
    #expect(proxy.requests.count == 1)
  }

  @Test func `a bound of its own holds for its document`() async throws {
    let server = try LocalServer { _ in .answer(200, [], String(repeating: "x", count: 2000)) }
    defer { server.stop() }
    #expect(kind(try await fetch(feed(server)) { $0.bodyLimit = 1999 }) == .tooLarge)
    #expect(kind(try await fetch(feed(server)) { $0.bodyLimit = 2000 }) == nil)
  }

  @Test func `bodies share the memory, and who finds none left comes later`() async throws {
    let server = try LocalServer { _ in .answer(200, [], String(repeating: "x", count: 2000)) }
    defer { server.stop() }
    let room = BodyRoom(bytes: 3000)
    var first: BodyShare? = room.share()
    #expect(kind(try await fetch(feed(server), { _ in }, share: first)) == nil)
    #expect(room.bytes == 2000)
    await #expect(throws: PollDeferred.crowded) {
      _ = try await fetch(feed(server), { _ in }, share: room.share())
    }
    #expect(room.bytes == 2000)
    first = nil
    #expect(room.bytes == 0)
    #expect(first == nil)
  }

  @Test func `R5: a name without an address is not asked for again within a minute`() async throws {
    let fetcher = FeedFetcher(client)
    let feed = Feed(id: Feed.ID("a"), url: "http://nowhere.invalid/")
    let state = PollState(url: feed.url)
    let first = try await fetcher.fetch(feed, state, now: now)
    try #require(kind(first) == .dns, "this machine has no resolver that says no")
    let second = try await fetcher.fetch(feed, state, now: now + 59)
    #expect(kind(second) == .dns)
  }
}
