import Core
import Foundation
import Testing

@testable import Rules

@Suite("Rules by story") struct StoryGroupTests {
  /// Rules that judge articles told in stories, one a minute.
  private struct Desk {
    let engine: RuleEngine
    let store = MemoryStore()
    private var position: UInt64 = 1

    init(_ rules: String) throws {
      let set = try ruleSet("{\"rules\":[\(rules)]}")
      engine = RuleEngine(RuleSet(vocabulary: set.vocabulary, definitions: set.definitions))
      let record = RuleRecord(position: 1, at: Self.time(1), .other)
      _ = try engine.prepare(
        before: record, in: store, past: RuleEngine.Past(first: nil) { _, _ in })
    }

    private static func time(_ minute: UInt64) -> Date {
      Date(timeIntervalSince1970: 1_715_837_220 + 60 * Double(minute))
    }

    /// What is decided on a new article that stands in `story` and has the words of `original`.
    mutating func publish(
      _ id: String, in story: String, copying original: String? = nil, by publisher: String = "Wire"
    ) throws -> [Decision] {
      position += 1
      let article = Article(
        id: Article.ID(id), feed: Feed.ID("wire"), title: "gempa \(id)", publisher: publisher,
        seen: Self.time(position), dateSource: .feed)
      return try engine.judge(
        RuleRecord(
          position: position, at: Self.time(position),
          .article(article, .live, nil, engine.rules.read(article)),
          told: ArticleStory(
            story: Story.ID(story), original: Article.ID(original ?? id))), in: store)
    }
  }

  @Test func `tell one story once`() throws {
    var desk = try Desk(#"{"id":"r","match":"gempa","cooldown":"1s"}"#)
    guard case .raise(let alert)? = try desk.publish("a", in: "s1").first else {
      Issue.record("nothing raised")
      return
    }
    #expect(alert.story == Story.ID("s1"))
    #expect(alert.group == ["story": "s1"])
    guard case .hold(let hold)? = try desk.publish("b", in: "s1").first else {
      Issue.record("nothing held")
      return
    }
    #expect(hold.hold == "same_story")
    guard case .raise(let other)? = try desk.publish("c", in: "s2").first else {
      Issue.record("nothing raised")
      return
    }
    #expect(other.story == Story.ID("s2"))
  }

  @Test func `ask for a story`() throws {
    var desk = try Desk(#"{"id":"r","match":"gempa AND story:s2","by":["article"]}"#)
    #expect(try desk.publish("a", in: "s1").isEmpty)
    #expect(try desk.publish("b", in: "s2").count == 1)
  }

  @Test func `count copies of one text as one source`() throws {
    let rule =
      #"{"id":"r","match":"gempa","by":[],"when":{"kind":"frequency","count":"sources","#
      + #""at_least":3,"within":"1h"}}"#
    var desk = try Desk(rule)
    #expect(try desk.publish("a", in: "s", by: "Antara").isEmpty)
    #expect(try desk.publish("b", in: "s", copying: "a", by: "Kabar").isEmpty)
    #expect(try desk.publish("c", in: "s", copying: "a", by: "Metro").isEmpty)
    #expect(try desk.publish("d", in: "s", by: "Harian").isEmpty)
    #expect(try desk.publish("e", in: "s", by: "Bola").count == 1)
  }

  @Test func `count stories`() throws {
    let rule =
      #"{"id":"r","match":"gempa","by":[],"when":{"kind":"frequency","count":"stories","#
      + #""at_least":2,"within":"1h"}}"#
    var desk = try Desk(rule)
    #expect(try desk.publish("a", in: "s1").isEmpty)
    #expect(try desk.publish("b", in: "s1").isEmpty)
    #expect(try desk.publish("c", in: "s2").count == 1)
  }
}
