import Core
import FoundationEssentials
import Support
import Testing

@testable import Fetching

/// The protocol of WebSub without a network: what a hub says, and what becomes of it.
@Suite("A book of hubs") struct HubBookTests {
  private static let start = Date(timeIntervalSince1970: 1_700_000_000)
  private let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
  private let offer = HubOffer(hub: "https://hub.example/", topic: "https://n.example/feed")

  private var now = Self.start
  private var book = HubBook(callback: "https://we.example/hub")
  private var random = SeededGenerator(seed: 1)

  /// The token of the feed's subscription, once it has one.
  private var token: String { book[feed.id]?.token ?? "none" }

  private mutating func offered(_ offer: HubOffer) {
    book.note(offer, of: feed, now: now, using: &random)
  }

  private func form(_ request: HubBook.Request?) -> FormFields {
    FormFields(String(decoding: request?.body ?? [], as: UTF8.self))
  }

  private mutating func verify(
    _ mode: String = "subscribe", topic: String = "https://n.example/feed", lease: Int? = 1_000,
    token: String? = nil
  ) -> HubAnswer {
    var query = FormFields()
    query.append("hub.mode", mode)
    query.append("hub.topic", topic)
    query.append("hub.challenge", "prove it")
    if let lease { query.append("hub.lease_seconds", String(lease)) }
    let call = HubCall(token: token ?? self.token, method: "GET", query: query.encoded)
    return book.answer(call, now: now).0
  }

  /// Makes a subscription that holds for 1,000 s.
  private mutating func subscribe() {
    offered(offer)
    _ = book.due(at: now, limit: 8)
    #expect(verify() == HubAnswer(200, "prove it"))
  }

  private mutating func push(_ body: String = "<rss/>", signature: String? = nil) -> HubBook.Push? {
    book.answer(
      HubCall(token: token, method: "POST", signature: signature, body: Array(body.utf8)), now: now
    ).1
  }

  private func signature(_ body: String) -> String {
    let key = Array((book[feed.id]?.secret ?? "").utf8)
    let code = HMAC.sha256(Array(body.utf8), key: key)
    return "sha256=" + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test mutating func `asks the hub that a document names, with a path and a secret of its own`() {
    offered(offer)
    let requests = book.due(at: now, limit: 8)
    #expect(requests.count == 1 && requests.first?.hub == "https://hub.example/")
    let form = form(requests.first)
    #expect(form["hub.mode"] == "subscribe" && form["hub.topic"] == "https://n.example/feed")
    #expect(form["hub.callback"] == "https://we.example/hub/" + token)
    #expect(token.utf8.count == 64 && form["hub.secret"]?.utf8.count == 64)
    #expect(form["hub.secret"] != token)
    #expect(form["hub.lease_seconds"] == "864000")
    // Said again by the next document, it is the same subscription.
    offered(offer)
    #expect(book.due(at: now, limit: 8).isEmpty)
  }

  @Test mutating func `is quiet about a feed that names no hub, or half of one`() {
    offered(HubOffer())
    offered(HubOffer(hub: "https://hub.example/"))
    #expect(book.due(at: now, limit: 8).isEmpty && book.feeds.isEmpty)
  }

  @Test mutating func `echoes a challenge only for what was asked for`() {
    #expect(verify(token: String(repeating: "a", count: 64)) == HubAnswer(404))
    offered(offer)
    // The hub cannot know of it yet.
    #expect(verify() == HubAnswer(404))
    _ = book.due(at: now, limit: 8)
    #expect(verify(topic: "https://n.example/other") == HubAnswer(404))
    #expect(verify("unsubscribe") == HubAnswer(404))
    #expect(verify("publish") == HubAnswer(404))
    #expect(verify(lease: 0) == HubAnswer(404))
    #expect(verify(lease: -5) == HubAnswer(404))
    #expect(book[feed.id]?.state == .asked)
    #expect(verify() == HubAnswer(200, "prove it"))
    #expect(book[feed.id]?.state == .held)
    #expect(book[feed.id]?.leaseEnd == now + 1_000)
  }

  @Test mutating func `takes a lease without a length as the one it asked for, and none too long`()
  {
    offered(offer)
    _ = book.due(at: now, limit: 8)
    _ = verify(lease: nil)
    #expect(book[feed.id]?.leaseEnd == now + 864_000)
    _ = verify(lease: .max)
    #expect(book[feed.id]?.leaseEnd == now + 2_592_000)
  }

  @Test mutating func `renews at four fifths of a lease, under the same path and secret`() {
    subscribe()
    let first = book[feed.id]
    now += 799
    #expect(book.due(at: now, limit: 8).isEmpty)
    now += 1
    let request = book.due(at: now, limit: 8).first
    #expect(form(request)["hub.mode"] == "subscribe")
    #expect(form(request)["hub.secret"] == first?.secret && request?.token == first?.token)
    #expect(book[feed.id]?.state == .held)
    _ = verify()
    #expect(book[feed.id]?.leaseEnd == now + 1_000)
  }

  @Test mutating func `has the feed polled as usual once a lease ended without renewal`() {
    subscribe()
    #expect(book.backedUp(at: now) == [feed.id])
    now += 1_000
    #expect(book.backedUp(at: now).isEmpty)
    _ = book.due(at: now, limit: 8)
    #expect(book[feed.id]?.state == .asked)
    #expect(book[feed.id]?.message == "its lease ended; its hub did not renew it")
    _ = verify()
    #expect(book.backedUp(at: now) == [feed.id])
  }

  @Test mutating func `has the feed polled as usual after a poll found news, until the next push`()
  {
    subscribe()
    book.notePoll(of: feed.id, new: 0)
    #expect(book.backedUp(at: now) == [feed.id])
    book.notePoll(of: feed.id, new: 1)
    #expect(book.backedUp(at: now).isEmpty)
    let push = push("<rss/>", signature: signature("<rss/>"))
    if let push, book.accepts(push) { book.took(push) }
    #expect(book.backedUp(at: now) == [feed.id])
    #expect(book[feed.id]?.pushes == 1)
  }

  @Test mutating func `takes up after a restart, and polls first for what was missed`() {
    subscribe()
    let stored = book.changes.kept
    book = HubBook(callback: "https://we.example/hub", stored)
    #expect(book.backedUp(at: now).isEmpty)
    #expect(book.feeds == [feed.id])
    // Whatever the poll finds came while nobody listened, and speaks against no hub.
    book.notePoll(of: feed.id, new: 3)
    #expect(book.backedUp(at: now) == [feed.id])
    now += 800
    #expect(book.due(at: now, limit: 8).count == 1)
    _ = verify()
    #expect(book.backedUp(at: now) == [feed.id])
  }

  @Test mutating func `is not trusted again because its hub only asks back`() {
    subscribe()
    book.notePoll(of: feed.id, new: 1)
    _ = verify()
    #expect(book.backedUp(at: now).isEmpty)
  }

  @Test mutating func `is left with the address of its feed, and told where we are by now`() {
    subscribe()
    var moved = feed
    book.follow([feed.id: feed], now: now)
    #expect(book[feed.id] != nil)
    moved.url = "https://moved.example/feed"
    let stored = book.changes.kept
    book.follow([feed.id: moved], now: now)
    #expect(book[feed.id] == nil)
    book = HubBook(callback: "https://new.example/hub", stored)
    let request = book.due(at: now, limit: 8).first
    #expect(form(request)["hub.callback"]?.hasPrefix("https://new.example/hub/") == true)
    #expect(book.due(at: now, limit: 8).isEmpty)
  }

  @Test
  mutating func `takes no push but one that is signed with the secret, and counts the others`() {
    subscribe()
    let good = signature("<rss/>")
    let wrong = "sha256=" + String(repeating: "0", count: 64)
    for (body, signature) in [
      ("<rss/>", nil), ("<rss/>", wrong), ("<rss />", good), ("<rss/>", "sha1=00"),
    ] {
      let push = push(body, signature: signature)
      #expect(push.map { book.accepts($0) } == false)
    }
    #expect(book[feed.id]?.dropped == 4)
    // Somebody pushes what we cannot take: polls must find it.
    #expect(book.backedUp(at: now).isEmpty)
    let push = push("<rss/>", signature: good)
    #expect(push.map { book.accepts($0) } == true)
  }

  @Test mutating func `answers pushes for what it does not know, or left, with an error`() {
    let stranger = HubCall(token: "x", method: "POST")
    #expect(book.answer(stranger, now: now).0 == HubAnswer(404))
    subscribe()
    let call = HubCall(token: token, method: "POST")
    #expect(book.answer(call, now: now).0 == HubAnswer(202))
    #expect(book.answer(HubCall(token: token, method: "PUT"), now: now).0 == HubAnswer(405))
    book.follow([:], now: now)
    #expect(book.answer(call, now: now).0 == HubAnswer(410))
  }

  @Test mutating func `lets in two pushes a second, and asks for patience beyond`() {
    subscribe()
    let call = HubCall(token: token, method: "POST")
    let statuses = (0..<121).map { _ in book.answer(call, now: now).0.status }
    #expect(statuses == Array(repeating: 202, count: 120) + [429])
    #expect(book.answer(call, now: now).0.retryAfter == 60)
    #expect(book.answer(call, now: now + 60).0.status == 202)
  }

  @Test mutating func `tells a hub three times that it leaves, unless that is verified`() {
    subscribe()
    let token = token
    book.follow([:], now: now)
    #expect(book.feeds.isEmpty)
    #expect(form(book.due(at: now, limit: 8).first)["hub.mode"] == "unsubscribe")
    // The hub may not have understood: a subscription is not verified any more.
    #expect(verify(token: token) == HubAnswer(404))
    #expect(verify("unsubscribe", topic: "https://other.example/", token: token) == HubAnswer(404))
    for wait in [3_600.0, 7_200] {
      now += wait
      #expect(book.due(at: now, limit: 8).count == 1)
    }
    now += 14_400
    #expect(book.due(at: now, limit: 8).isEmpty)
    #expect(book.changes.dropped == [token])
  }

  @Test mutating func `forgets what it left once the hub has verified that`() {
    subscribe()
    let token = token
    book.follow([:], now: now)
    _ = book.due(at: now, limit: 8)
    #expect(verify("unsubscribe", token: token) == HubAnswer(200, "prove it"))
    #expect(book.changes.dropped == [token])
    #expect(verify("unsubscribe", token: token) == HubAnswer(404))
  }

  @Test mutating func `never tells a hub of a feed that it was not asked for`() {
    offered(offer)
    book.follow([:], now: now)
    #expect(book.due(at: now, limit: 8).isEmpty)
  }

  @Test mutating func `changes the hub of a feed once a day at most`() {
    subscribe()
    let other = HubOffer(hub: "https://other.example/", topic: "https://n.example/feed")
    offered(other)
    #expect(book[feed.id]?.hub == "https://hub.example/")
    now += 86_400
    offered(other)
    #expect(book[feed.id]?.hub == "https://other.example/")
    let modes = book.due(at: now, limit: 8).map { "\($0.hub) \(form($0)["hub.mode"] ?? "")" }
    #expect(
      Set(modes) == ["https://hub.example/ unsubscribe", "https://other.example/ subscribe"])
    // A document that names none ends it too.
    now += 86_400
    offered(HubOffer())
    #expect(book[feed.id] == nil)
  }

  @Test mutating func `asks a hub that does not answer ever more rarely`() {
    offered(offer)
    var waits: [Double] = []
    var last: Date?
    while waits.count < 10 {
      if !book.due(at: now, limit: 8).isEmpty {
        if let last { waits.append(now.timeIntervalSince(last) / 3_600) }
        last = now
      }
      now = book[feed.id]?.nextAsk ?? now
    }
    #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 168, 168])
  }

  @Test mutating func `leaves a hub alone for as long as it asks, and a week after a refusal`() {
    offered(offer)
    _ = book.due(at: now, limit: 8)
    book.failed(token, "its hub answered 503", wait: .seconds(9_000), now: now)
    #expect(book[feed.id]?.nextAsk == now + 9_000)
    #expect(book[feed.id]?.message == "its hub answered 503")
    var query = FormFields()
    query.append("hub.mode", "denied")
    query.append("hub.topic", "https://n.example/feed")
    query.append("hub.reason", "no\u{1b}[31m thanks")
    let denial = HubCall(token: token, method: "GET", query: query.encoded)
    #expect(book.answer(denial, now: now).0 == HubAnswer(200))
    #expect(book[feed.id]?.state == .refused)
    #expect(book[feed.id]?.message == "its hub refused: no\\u{1b}[31m thanks")
    #expect(book[feed.id]?.nextAsk == now + 604_800)
    now += 604_800
    #expect(book.due(at: now, limit: 8).count == 1)
    #expect(verify() == HubAnswer(200, "prove it"))
  }

  @Test mutating func `knows what is to be stored until that is done`() {
    subscribe()
    let changes = book.changes
    #expect(changes.kept.map(\.state) == [.held])
    #expect(!book.changes.isEmpty)
    book.forget(changes)
    #expect(book.changes.isEmpty)
  }
}
