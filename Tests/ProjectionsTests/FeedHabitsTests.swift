import Core
import EventLog
import Foundation
import Testing

@testable import Projections

@Suite("The habits of a feed") struct FeedHabitsTests {
  func lines(_ numbers: Range<Int>) -> [String] {
    numbers.map { "\($0)|https://n.example/\($0)|Kabar nomor\($0)|Isi lain\($0)" }
  }

  func show(
    _ desk: Newsdesk, _ numbers: Range<Int>, origin: Origin = .live, pace: Archive.Pace = .init()
  ) async throws -> [Event.Fact] {
    try await desk.poll(lines(numbers).map { desk.entry($0, origin: origin) }, pace: pace)
  }

  @Test func `tell of a gap where nothing of the last window is left`() async throws {
    let desk = try await Newsdesk()
    _ = try await show(desk, 0..<5)
    #expect(try await show(desk, 3..<8).count == 3)
    let before = desk.now - 60
    desk.now += 86_340
    let facts = try await show(desk, 8..<13, pace: Archive.Pace(rate: 24))
    #expect(
      facts.first == .feedGapped(desk.feed.id, from: before, to: desk.now - 60, missedEstimate: 19))
    #expect(facts.count == 6)
    // The window was seen since, without news.
    let seen = desk.now + 3_000
    desk.now += 6_600
    let again = try await show(desk, 20..<25, pace: Archive.Pace(lastSeen: seen, rate: 24))
    #expect(
      again.first == .feedGapped(desk.feed.id, from: seen, to: desk.now - 60, missedEstimate: 0))
  }

  @Test func `tell of none where they cannot know`() async throws {
    let desk = try await Newsdesk()
    // A first document; windows that are too small; one entry that stays; an archive put in.
    #expect(try await show(desk, 0..<2).count == 2)
    #expect(try await show(desk, 2..<7).count == 5)
    #expect(try await show(desk, 7..<9).count == 2)
    #expect(try await show(desk, 9..<14).count == 5)
    #expect(try await show(desk, 13..<18).count == 4)
    #expect(try await show(desk, 18..<23, origin: .backlog).count == 5)
  }

  @Test func `tell of none where the entries only have other names`() async throws {
    let desk = try await Newsdesk()
    _ = try await show(desk, 0..<5)
    let renamed = lines(0..<5).map { desk.entry("x" + $0) }
    #expect(try await desk.poll(renamed).told == ["id to url"])
  }

  @Test func `count gaps of the last day among what could not be seen`() async throws {
    let desk = try await Newsdesk()
    _ = try await show(desk, 0..<5)
    _ = try await show(desk, 5..<10)
    func gaps(_ now: Date) throws -> Int {
      try desk.views.read { try FeedView.coverage($0, at: now) }.gaps
    }
    #expect(try gaps(desk.now) == 1)
    #expect(try gaps(desk.now + 86_400) == 0)
  }

  @Test func `leave the feeds that are followed, and those of them that fail, counted`()
    async throws
  {
    let desk = try await Newsdesk()
    func coverage() throws -> [Int] {
      let found = try desk.views.read { try FeedView.coverage($0, at: desk.now) }
      return [found.feedsOK, found.feeds]
    }
    #expect(try coverage() == [2, 2])
    let third = Feed(id: Feed.ID("third"), url: "https://n.example/3")
    let failure = FeedFailure(feed: third.id, failureClass: "http", status: 500, message: "")
    try await desk.archived.append(
      .feedFollowed(third, by: "test"), .feedChanged(third), .feedFailed(failure))
    try await desk.archived.fold(desk.views)
    #expect(try coverage() == [2, 3])
    try await desk.archived.append(
      .feedUnfollowed(third.id, by: "test"), .feedUnfollowed(Feed.ID("fourth"), by: "test"))
    try await desk.archived.fold(desk.views)
    #expect(try coverage() == [2, 2])
    let again = Event(at: desk.now + 1, .feedFollowed(third, by: "test"))
    try await desk.archived.log.append([again], to: .daemon, at: desk.now)
    try await desk.archived.fold(desk.views)
    #expect(try coverage() == [2, 3])
  }

  @Test func `mark a flood that they do not know`() async throws {
    let desk = try await Newsdesk()
    _ = try await show(desk, 0..<50, origin: .backlog)
    #expect(try await show(desk, 30..<70).told.allSatisfy { $0.hasPrefix("new") })
    let flood = try await show(desk, 49..<171)
    #expect(flood.count == 101 && flood.told.allSatisfy { $0.hasPrefix("surge") })
    // It belongs to what is known from then on: five times as many are a flood now.
    #expect(try await show(desk, 160..<671).told.allSatisfy { $0.hasPrefix("new") })
  }

  @Test(
    arguments: [
      ([], 0), ([(3, 1)], 3), ([(500, 1), (7, 99)], 7), ([(500, 2), (7, 98)], 500),
      ([(9, 1), (1, 98)], 9),
    ] as [([(Int, Int)], Int)])
  func `have a number that 99 of 100 polls keep to`(news: [(Int, Int)], percentile: Int) {
    let habits = FeedHabits(lastNews: Archived.now, window: 9, news: news)
    #expect(habits.percentile99 == percentile)
  }

  @Test func `take nothing away where a document has fewer entries`() async throws {
    let desk = try await Newsdesk()
    _ = try await show(desk, 0..<5)
    #expect(try await show(desk, 0..<1).isEmpty)
    #expect(try await desk.poll([Archive.Candidate]()).isEmpty)
    #expect(try await show(desk, 0..<5).isEmpty)
  }
}
