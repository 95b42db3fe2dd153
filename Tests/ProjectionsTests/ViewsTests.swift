import Core
import EventLog
import Foundation
import Support
import Testing
import Text

@testable import Projections

@Suite("Views") struct ViewsTests {
  @Test func `answer what commands ask`() async throws {
    let archived = try Archived()
    try await archived.live(9)
    let views = try await archived.views()
    #expect(try views.articles(ArticleFilter(), limit: 100).count == 9)
    #expect(try views.search("gempa besar", limit: 9).map(\.id.rawValue) == ["a1"])
    #expect(try views.search("GEMPA \"OR*", limit: 9).isEmpty)
    #expect(try views.history(of: Article.ID("a1")).map(\.article.revision) == [1, 2])
    #expect(try views.entities(since: nil, limit: 9).first?.articles == 3)
    #expect(try views.entity("Путин", since: nil)?.count.id == "Q7747")
    #expect(try views.feedHealth().first?.failure == "http")
    #expect(try views.articles(ArticleFilter(entity: Entity.ID("Q7747")), limit: 9).count == 3)
  }

  @Test func `tell feeds that fail from those that do not`() async throws {
    let archived = try Archived()
    for name in ["one", "two", "gone"] {
      let feed = Feed(id: Feed.ID(name), url: "https://n.example/\(name)", tags: [name])
      try await archived.append(.feedFollowed(feed, by: "configuration"))
    }
    for name in ["two", "gone"] {
      let failure = FeedFailure(
        feed: Feed.ID(name), failureClass: "dns", status: nil, message: "no")
      try await archived.append(.feedFailed(failure))
    }
    try await archived.append(.feedUnfollowed(Feed.ID("gone"), by: "configuration"))
    let views = try await archived.views()
    #expect(try views.failingFeeds().map(\.feed.id.rawValue) == ["two"])
    #expect(try views.feedHealth().map(\.feed.id.rawValue) == ["one", "two"])
    let pages = try [0, 1, 2].map { try views.feedHealth(skip: $0, limit: 1) }
    #expect(pages.map { $0.map(\.feed.id.rawValue) } == [["two"], ["one"], []])
    #expect(try views.failingFeeds(limit: 0).isEmpty)
    #expect(try views.followedFeeds()[Feed.ID("one")]?.tags == ["one"])
  }

  @Test func `say what an outlet still has to get`() async throws {
    let archived = try Archived()
    let alert = Alert(
      id: Alert.ID("x"), rule: "r", ruleRevision: "0", severity: .info, state: .fired,
      at: Archived.now,
      reason: "new", outlets: ["file", "journal"])
    try await archived.append(.alertRaised(alert, cause: 1))
    let delivery = Delivery(alert: alert.id, number: 0, state: .fired, outlet: "file", attempts: 1)
    let views = try await archived.views()
    #expect(try views.due("file", limit: 9).map(\.alert) == [alert])
    try await archived.append(.alertDelivered(delivery))
    try await archived.fold(views)
    #expect(try views.due("file", limit: 9).isEmpty)
    #expect(try views.due("journal", limit: 9).count == 1)
    #expect(try views.judgedThrough() == 1)
  }

  @Test func `forget what an edit took out of an article`() async throws {
    let archived = try Archived()
    try await archived.live(3)
    let views = try await archived.views()
    #expect(try views.entities(since: nil, limit: 9).map(\.articles) == [1])
    try await archived.append(archived.revised("a0", "Banjir", 2))
    try await archived.fold(views)
    #expect(try views.entities(since: nil, limit: 9).map(\.articles) == [0])
    #expect(try views.articles(ArticleFilter(entity: Entity.ID("Q7747")), limit: 9).isEmpty)
    #expect(try views.entity("Q7747", since: nil)?.days.isEmpty == true)
    // An older revision that comes late says nothing.
    var late = archived.article("a0", "Putin")
    late.revision = 1
    try await archived.append(
      .articleRevised(late, Revision(previous: 0, changed: ["title"], isDeclared: true)))
    try await archived.fold(views)
    #expect(try views.entities(since: nil, limit: 9).map(\.articles) == [0])
    #expect(try views.articles(idPrefix: "a0").map(\.title) == ["Banjir"])
    #expect(try views.search("putin", limit: 9).isEmpty)
  }

  @Test func `count who is mentioned together`() async throws {
    let archived = try Archived()
    let names = VocabularyDefinition(
      part: "entities", text: #"{"a":{"name":"A"},"b":{"name":"B"},"c":{"name":"C"}}"#)
    try await archived.append(.vocabularyDefined(names))
    for (id, mentioned) in [("1", ["a", "b"]), ("2", ["a", "b", "c"]), ("3", ["c"])] {
      try await archived.append(.articlePublished(archived.article(id, mentioned.joined()), .live))
    }
    let views = try Views(archived.file, log: await archived.log.identity, Archived.projections)
    let projector = try Projector(views, log: archived.log) { _ in
      { article, _ in
        let mentions = article.title.enumerated().map { place, name in
          Reading.Mention(
            entity: String(name), field: "title", start: place, end: place + 1, text: String(name))
        }
        return Reading(mentions: mentions)
      }
    }
    try await projector.catchUp()
    let portrait = try #require(try views.entity("A", since: nil))
    #expect(portrait.together.map(\.id) == ["b", "c"])
    #expect(portrait.together.map(\.articles) == [2, 1])
    #expect(portrait.days.map(\.articles) == [2])
  }
}
