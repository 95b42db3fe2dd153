import Core
import EventLog
import Foundation
import GRDB
import Support
import Testing
import Text

@testable import Projections

/// Articles have names of one letter as titles: each is an entity, and a topic where it is a capital.
@Suite("Counts of mentions by day") struct MentionDaysTests {
  static let hour = 3_600.0
  /// Noon (UTC).
  static let noon = Date(timeIntervalSince1970: 1_715_860_800)

  let archived: Archived
  let makeReader: MakeReader = { _ in
    { article, _ in
      let mentions = article.title.enumerated().map { place, name in
        Reading.Mention(
          entity: String(name), field: "title", start: place, end: place + 1, text: String(name))
      }
      return Reading(
        mentions: mentions,
        topics: Set(article.title.filter(\.isUppercase).map(String.init)).sorted())
    }
  }

  init() async throws {
    archived = try Archived()
    let names = "abcdABCD".map { #""\#($0)":{"name":"\#($0)"}"# }.joined(separator: ",")
    for part in ["entities", "topics"] {
      try await append(
        .vocabularyDefined(VocabularyDefinition(part: part, text: "{\(names)}")), after: 0)
    }
  }

  func append(_ fact: Event.Fact, after hours: Double) async throws {
    let at = Self.noon.addingTimeInterval(hours * Self.hour)
    try await archived.log.append([Event(at: at, fact)], to: .daemon, at: at)
  }

  func publish(_ id: String, _ title: String, after hours: Double) async throws {
    try await append(.articlePublished(archived.article(id, title), .live), after: hours)
  }

  func views() async throws -> Views {
    let views = try Views(archived.file, log: await archived.log.identity, Archived.projections)
    try await Projector(views, log: archived.log, makeReader: makeReader).catchUp()
    return views
  }

  static func since(_ hours: Double) -> Date { noon.addingTimeInterval(hours * hour) }

  /// Views that count one day with each article, and none with a word of a person.
  private func slow(batch: Int) async throws -> Views {
    let projections: [any Projection] = Archived.projections.map {
      $0 is EntityView ? EntityView(share: (word: 0, article: 1)) : $0
    }
    let views = try Views(
      "\(archived.file)-\(batch)", log: await archived.log.identity, projections)
    try await Projector(views, log: archived.log, makeReader: makeReader, batch: batch).catchUp()
    return views
  }

  private static func counts(_ views: Views) throws -> [String: [Int]] {
    let all = try views.entities(since: nil, limit: 99).filter { $0.articles > 0 }
    return Dictionary(uniqueKeysWithValues: all.map { ($0.id, [$0.articles, $0.mentions]) })
  }

  private static func waiting(_ views: Views) throws -> Int? {
    try views.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM mention_recount") }
  }

  @Test(arguments: [1, 3, 1_000])
  func `are made right a few with each article where two become one`(batch: Int) async throws {
    for day in 0..<6 {
      try await publish("both \(day)", "ab", after: Double(day) * 24)
      try await publish("b \(day)", "b", after: Double(day) * 24 + 1)
    }
    let rina = Judgement(by: "rina")
    let (a, b) = (Entity.ID("a"), Entity.ID("b"))
    try await append(.entityMerged([a, b], rina), after: 150)
    // What names both counts twice as long as its day waits.
    #expect(try await Self.counts(slow(batch: batch)) == ["a": [18, 18]])
    #expect(try await Self.waiting(slow(batch: batch)) == 6)
    for number in 0..<6 { try await publish("c \(number)", "c", after: 151 + Double(number)) }
    #expect(try await Self.counts(slow(batch: batch)) == ["a": [12, 18], "c": [6, 6]])
    #expect(try await Self.waiting(slow(batch: batch)) == 0)
    try await append(.entitySplit(a, aliases: ["b"], rina), after: 160)
    for number in 0..<20 { try await publish("d \(number)", "d", after: 161 + Double(number)) }
    let parted = try await slow(batch: batch)
    #expect(
      try Self.counts(parted) == ["a": [6, 6], "b": [12, 12], "c": [6, 6], "d": [20, 20]])
    #expect(try Self.waiting(parted) == 0)
    #expect(try Self.counts(try await views()) == Self.counts(parted))
  }

  @Test func `reach over a day, whenever a person gives an article its topic`() async throws {
    for (number, title) in ["a", "B", "a"].enumerated() {
      try await publish(String(number), title, after: Double(number) * 2)
    }
    for article in ["2", "0"] {
      try await append(
        .topicJudged(
          Article.ID(article), Topic.ID("B"), right: true, Judgement(by: article)), after: 6)
    }
    let views = try await views()
    for (hours, articles) in [(-1.0, 3), (1, 2), (3, 1)] {
      let topics = try views.topics(since: Self.since(hours))
      #expect(topics.first { $0.id == "B" }?.articles == articles)
    }
  }

  @Test func `are exact where a question begins in the middle of a day`() async throws {
    for (number, title) in ["aab", "ab", "aB", "abb", "b"].enumerated() {
      try await publish(String(number), title, after: Double(number) * 6)
    }
    let views = try await views()
    let all = try #require(try views.entities(since: nil, limit: 1).first)
    #expect([all.articles, all.mentions] == [4, 5] && all.last == Self.since(18))
    for (hours, articles) in [(-13, 4), (0, 4), (0.5, 3), (6.5, 2), (12.5, 1), (18.5, 0)] {
      let counts = try views.entities(since: Self.since(hours), limit: 9)
      let a = try #require(counts.first { $0.id == "a" })
      #expect(a.articles == articles, "since \(hours) h")
      #expect(a.last == (articles > 0 ? Self.since(18) : nil))
      let portrait = try #require(try views.entity("a", since: Self.since(hours)))
      #expect(portrait.days.map(\.articles).reduce(0, +) == articles)
    }
    let days = try #require(try views.entity("a", since: Self.since(6))).days
    #expect(days.map(\.day) == ["2024-05-16", "2024-05-17"] && days.map(\.articles) == [1, 2])
    #expect(try views.topics(since: Self.since(0.5)).first?.id == "B")
    #expect(try views.topics(since: Self.since(12)).first?.articles == 1)
    #expect(try views.topics(since: Self.since(12.5)).first?.articles == 0)
  }

  @Test func `tell who is named together, how often and when last`() async throws {
    for (number, title) in ["abb", "abc", "bc", "ab", "ac"].enumerated() {
      try await publish(String(number), title, after: Double(number) * 6)
    }
    let views = try await views()
    func together(_ hours: Double?) throws -> [MentionCount] {
      try #require(try views.entity("a", since: hours.map(Self.since))).together
    }
    #expect(try together(nil).map(\.id) == ["b", "c"])
    #expect(try together(nil).map(\.articles) == [3, 2])
    #expect(try together(nil).map(\.mentions) == [4, 2])
    #expect(try together(nil).map(\.last) == [Self.since(18), Self.since(24)])
    #expect(try together(3).map(\.articles) == [2, 2])
    #expect(try together(20).map(\.id) == ["c"])
  }

  @Test func `take a list of very many names for no company`() async throws {
    let names = (0..<(MentionDays.longestList + 1)).compactMap { Unicode.Scalar(0x4E00 + $0) }
    try await publish("list", "a" + String(String.UnicodeScalarView(names.dropLast())), after: 0)
    try await publish("pair", "ab", after: 1)
    let views = try await views()
    for since in [nil, Self.since(0)] {
      let portrait = try #require(try views.entity("a", since: since))
      #expect(portrait.days.map(\.articles) == [2])
      #expect(portrait.together.map(\.id) == ["b"])
    }
  }

  /// An article published and edited within one transaction counts as if each had been one.
  @Test func `are the same rows wherever transactions end`() async throws {
    try await edit(seed: 11)
    let whole = try await views().digests()
    for batch in [1, 7] {
      let path = archived.folder.path("by-\(batch).sqlite")
      let views = try Views(path, log: await archived.log.identity, Archived.projections)
      try await Projector(views, log: archived.log, makeReader: makeReader, batch: batch).catchUp()
      #expect(try views.digests() == whole)
    }
  }

  /// Publishes and edits 60 articles over and over.
  private func edit(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var revisions: [Int: Int] = [:]
    for step in 0..<300 {
      let number = Int.random(in: 0..<60, using: &random)
      let title = String("aabbccdABCD".shuffled(using: &random).prefix(step % 5))
      let (id, hours) = (String(number), Double(step) / 2)
      guard let revision = revisions[number] else {
        revisions[number] = 1
        try await publish(id, title, after: hours)
        continue
      }
      // Now and then an older revision comes late.
      let newer = revision + Int.random(in: -1...1, using: &random)
      revisions[number] = max(revision, newer)
      try await append(archived.revised(id, title, newer), after: hours)
    }
  }

  @Test func `follow edits, and equal what counting anew gives`() async throws {
    try await edit(seed: 7)
    let views = try await views()
    try views.read { db in
      func equal(_ rows: String, _ anew: String) throws {
        let (kept, counted) = (
          try Row.fetchAll(db, sql: rows + " ORDER BY 1, 2, 3"),
          try Row.fetchAll(db, sql: anew + " ORDER BY 1, 2, 3")
        )
        #expect(kept == counted && !kept.isEmpty)
      }
      try equal(
        "SELECT entity, day, articles, mentions FROM mention_day",
        """
        SELECT entity, CAST(mention.seen / 86400 AS INTEGER) AS day,
          count(DISTINCT position) AS articles, sum(mentions) AS mentions
        FROM mention JOIN alias ON alias.number = mention.alias JOIN article USING (position)
        GROUP BY 1, 2
        """)
      try equal(
        "SELECT id, articles, mentions FROM entity WHERE articles > 0",
        "SELECT entity AS id, sum(articles) AS articles, sum(mentions) AS mentions FROM mention_day GROUP BY 1"
      )
      try equal(
        "SELECT topic, day, articles FROM topic_day",
        """
        SELECT topic, CAST(article_topic.seen / 86400 AS INTEGER) AS day, count(*) AS articles
        FROM article_topic JOIN article USING (position) GROUP BY 1, 2
        """)
      let past = "SELECT count(*) FROM mention WHERE position NOT IN (SELECT position FROM article)"
      #expect(try Int.fetchOne(db, sql: past) == 0)
    }
  }
}
