import Core
import Foundation
import Support
import Testing

@testable import Projections

@Suite("The state store") struct StateStoreTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `keeps how far the log was checked`() throws {
    let store = try StateStore(folder.path("state.sqlite"))
    #expect(try store.scrubbed == nil)
    let now = Date(timeIntervalSince1970: 1_715_837_220)
    try store.setScrubbed(after: 7, at: now)
    try store.setScrubbed(after: 4_711, at: now)
    let again = try #require(try StateStore(folder.path("state.sqlite")).scrubbed)
    #expect(again == (4_711, now))
  }

  @Test func `is copied whole into one plain file while it is used`() throws {
    let store = try StateStore(folder.path("state.sqlite"))
    var state = PollState(url: "https://n.example/")
    state.polls = 3
    try store.save([Feed.ID("wire"): state])
    let copy = folder.path("copy/state.sqlite")
    try FileManager.default.createDirectory(
      atPath: folder.path("copy"), withIntermediateDirectories: true)
    try StateStore.copy(folder.path("state.sqlite"), to: copy)
    state.polls = 4
    try store.save([Feed.ID("wire"): state])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("copy")) == ["state.sqlite"])
    // Bytes 18 and 19 say whether the file wants a log beside it: 1 is no, 2 is yes.
    let header = try Data(contentsOf: URL(filePath: copy)).prefix(20)
    #expect(Array(header.suffix(2)) == [1, 1])
    #expect(try StateStore(copy).load([Feed.ID("wire")])[Feed.ID("wire")]?.polls == 3)
    try StateStore.copy(folder.path("state.sqlite"), to: copy)
    #expect(try StateStore(copy).load([Feed.ID("wire")])[Feed.ID("wire")]?.polls == 4)
  }

  @Test func `keeps subscriptions to hubs, and copies none of their secrets`() throws {
    let path = folder.path("state.sqlite")
    let store = try StateStore(path)
    let now = Date(timeIntervalSince1970: 1_715_837_220)
    var one = HubSubscription(
      feed: Feed.ID("wire"), hub: "https://h/", topic: "https://t/", token: "aa", secret: "geheim",
      since: now)
    (one.state, one.nextAsk, one.asks, one.leaseEnd) = (.held, now + 8, 3, now + 10)
    (one.pushes, one.dropped, one.message, one.isPrivate) = (5, 6, "no", true)
    let two = HubSubscription(
      feed: Feed.ID("desk"), hub: "https://h/", topic: "https://t/", token: "bb", secret: "s",
      since: now)
    try store.saveHubs([one, two], dropped: [])
    #expect(try StateStore(path).loadHubs() == [one, two])
    let copy = folder.path("copy.sqlite")
    try StateStore.copy(path, to: copy)
    #expect(try StateStore(copy).loadHubs().isEmpty)
    let bytes = try Data(contentsOf: URL(filePath: copy))
    #expect(bytes.range(of: Data("geheim".utf8)) == nil)
    one.state = .leaving
    try store.saveHubs([one], dropped: ["bb"])
    #expect(try store.loadHubs() == [one])
  }

  @Test func `gives back every property of a feed and of a site`() throws {
    let store = try StateStore(folder.path("state.sqlite"))
    let now = Date(timeIntervalSince1970: 1_715_837_220)
    var state = PollState(url: "https://n.example/")
    (state.etag, state.lastModified, state.bodyHash) = ([0xff, 0x22], [1], .max)
    (state.finalURL, state.adopted, state.trial) = ("https://f/", "https://a/", "https://t/")
    (state.lastAttempt, state.lastSuccess, state.nextDue) = (now, now - 1, now + 9)
    (state.wait, state.failures, state.failingSince) = (.seconds(7), 3, now - 60)
    (state.lastFailure, state.lastFailureMessage, state.lastStatus) = ("dns", "no", 404)
    (state.rateEntries, state.rateDays, state.rateAt) = (4.5, 14, now)
    (state.factor, state.window, state.notModifiedStreak) = (0.5, 30, 8)
    (state.hintUntil, state.freshness, state.statesFreshness) = (now + 5, .seconds(60), true)
    (state.askedInterval, state.hurryUntil, state.rescueAt) = (.seconds(90), now + 6, now + 7)
    state.skip = SkipTimes(hours: [3, 23], days: ["Sunday"])
    (state.movedTo, state.movedCount, state.movedSince) = ("https://m/", 4, now - 9)
    (state.goneAt, state.isGone, state.identity) = (now - 8, true, "abc")
    (state.polls, state.notModified, state.bytes) = (11, 10, 9_999)
    var site = SiteState()
    site.begin(at: now)
    site.end(bytes: 500, status: 429, retryAfter: .seconds(120), at: now)
    site.end(bytes: 100, status: 304, retryAfter: nil, at: now)
    site.pause(until: now + 120)
    // A gap in the middle must not move what stands behind it.
    var restless = state
    restless.skip = nil
    try store.save(
      [Feed.ID("wire"): state, Feed.ID("restless"): restless], sites: ["n.example": site])
    let again = try StateStore(folder.path("state.sqlite"))
    #expect(try again.load([Feed.ID("wire")])[Feed.ID("wire")] == state)
    #expect(try again.load([Feed.ID("restless")])[Feed.ID("restless")] == restless)
    #expect(try again.loadSites() == ["n.example": site])
  }

  @Test func `hands over each wish once`() throws {
    let store = try StateStore(folder.path("state.sqlite"))
    #expect(try store.takeWishes().isEmpty)
    for name in ["b", "a", "b"] { try store.wish(for: Feed.ID(name)) }
    #expect(try store.takeWishes() == [Feed.ID("a"), Feed.ID("b")])
    #expect(try store.takeWishes().isEmpty)
  }

  @Test func `keeps what did not get through, by outlet`() throws {
    let folder = try TemporaryFolder()
    let start = Date(timeIntervalSince1970: 1_715_837_220)
    let trials: [UInt64: DeliveryTrial] = [
      7: DeliveryTrial(attempts: 3, first: start, due: start + 60),
      9: DeliveryTrial(attempts: 1, first: start + 5),
    ]
    for _ in 0..<2 {
      let store = try StateStore(folder.path("state.sqlite"))
      try store.setTrials(trials, of: "desk")
      try store.setTrials([:], of: "mail")
    }
    let store = try StateStore(folder.path("state.sqlite"))
    #expect(try store.trials(of: "desk") == trials)
    #expect(try store.trials(of: "mail").isEmpty)
    try store.setTrials([:], of: "desk")
    #expect(try store.trials(of: "desk").isEmpty)
  }
}
