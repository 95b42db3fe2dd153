import Core
import EventLog
import Foundation
import GRDB
import Support
import Testing
import Text

@testable import Projections

@Suite("An entity that a person judged") struct JudgedEntityTests {
  let world: EntityWorld
  private static let rina = Judgement(by: "rina", note: "one man")

  init() async throws {
    world = try EntityWorld()
    try await world.publish("Budi dan Sari")
    try await world.publish("Budiman dan Sari", after: 1)
    try await world.publish("Tiongkok", after: 1.1)
    try await world.publish("China", after: 1.2)
  }

  private func merge(_ entities: String...) async throws {
    try await world.append(.entityMerged(entities.map(Entity.ID.init), Self.rina), after: 2)
  }

  /// The views, which a rebuild and small transactions make the same.
  private func views() async throws -> Views {
    let views = try await world.views()
    let small = try await world.views(batch: 1, in: "small.sqlite")
    #expect(try small.digests() == views.digests())
    #expect(try await world.rebuild().check().isEmpty)
    return views
  }

  private func counts() async throws -> [String: Int] {
    let all = try await views().entities(since: nil, limit: 99)
    return Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.articles) })
  }

  @Test func `is one with what it was merged with, before and after`() async throws {
    try await merge("tid:budi", "tid:budiman", "tid:nobody")
    try await world.publish("Budiman lagi", after: 3)
    #expect(try await counts() == ["tid:budi": 3, "tid:sari": 2, "Q148": 2])
    let budi = try #require(try await views().entity("Budiman", since: nil))
    #expect(budi.count.id == "tid:budi" && budi.days.map(\.articles) == [1, 1, 1])
    #expect(budi.forms.map(\.text) == ["Budiman", "Budi"])
    #expect(budi.words.map(\.other).sorted() == ["tid:budiman", "tid:nobody"])
    #expect(budi.words.map(\.by) == ["rina", "rina"])
    #expect(budi.words.map(\.note) == ["one man", "one man"])
    let filter = ArticleFilter(entity: Entity.ID("tid:budiman"))
    #expect(try await views().articles(filter, limit: 9).count == 3)
  }

  /// Other lists or models than those by which a person saw them, or a name that was forgotten.
  @Test func `is what was said of it, whenever it is found`() async throws {
    try await world.append(
      .entityMerged(["tid:later", "tid:budi"].map(Entity.ID.init), Self.rina), after: 2)
    try await world.append(
      .aliasJudged(Entity.ID("tid:late"), alias: "Sari", same: true, Self.rina), after: 2.1)
    #expect(try await counts() == ["tid:later": 1, "tid:budiman": 1, "tid:late": 2, "Q148": 2])
    try await world.publish("Later", after: 3)
    try await world.publish("Late", after: 3.1)
    let later = try #require(try await views().entity("tid:later", since: nil))
    #expect(later.count.articles == 2 && later.count.type == "person")
    // Until it was found there was only the name of the other one.
    #expect(later.count.name == "Budi")
    #expect(try await views().entity("tid:late", since: nil)?.count.name == "Late")
  }

  @Test func `is itself again where the merge is taken back`() async throws {
    try await merge("tid:budi", "tid:budiman")
    try await world.append(
      .entitySplit(Entity.ID("tid:budi"), aliases: ["tid:budiman"], Self.rina), after: 3)
    try await world.publish("Budiman lagi", after: 4)
    #expect(try await counts() == ["tid:budi": 1, "tid:budiman": 2, "tid:sari": 2, "Q148": 2])
  }

  private func split(_ entity: String, _ aliases: String..., after days: Double = 5) async throws {
    try await world.append(
      .entitySplit(Entity.ID(entity), aliases: aliases, Self.rina), after: days)
  }

  @Test func `keeps what was merged into it before, where it is parted again`() async throws {
    try await merge("tid:budi", "tid:budiman")
    try await merge("Q148", "tid:budi")
    #expect(try await counts() == ["Q148": 4, "tid:sari": 2])
    try await split("Q148", "tid:budi")
    try await world.publish("Budiman lagi", after: 6)
    #expect(try await counts() == ["Q148": 2, "tid:budi": 3, "tid:sari": 2])
    try await split("tid:budi", "tid:budiman", after: 7)
    #expect(try await counts() == ["Q148": 2, "tid:budi": 1, "tid:budiman": 2, "tid:sari": 2])
  }

  @Test func `keeps the words that people gave it, where it is parted again`() async throws {
    try await world.append(
      .aliasJudged(Entity.ID("tid:budiman"), alias: "Sari", same: true, Self.rina), after: 2)
    try await merge("tid:budi", "tid:budiman")
    #expect(try await counts() == ["Q148": 2, "tid:budi": 2])
    try await split("tid:budi", "tid:budiman")
    #expect(try await counts() == ["Q148": 2, "tid:budi": 1, "tid:budiman": 2])
    try await world.publish("Sari", after: 6)
    #expect(try await counts()["tid:budiman"] == 3)
  }

  @Test func `loses a word that was given to what is merged into it`() async throws {
    try await world.append(
      .aliasJudged(Entity.ID("tid:budiman"), alias: "Sari", same: true, Self.rina), after: 2)
    try await merge("tid:budi", "tid:budiman")
    try await split("tid:budi", "Sari")
    // Another way to write it has a row of its own, and so has to be meant anew.
    try await world.publish("SARI", after: 6)
    let all = try await views().entities(since: nil, limit: 9)
    #expect(all.first { $0.id == "tid:budi" }?.articles == 2)
    #expect(all.first { $0.name == "Sari" }?.articles == 3)
  }

  @Test func `is parted a second time from what it was merged with again`() async throws {
    try await split("Q148", "Tiongkok", after: 2)
    let first = try await views().entities(since: nil, limit: 9)
    let parted = try #require(first.first { $0.name == "Tiongkok" }).id
    try await merge("Q148", parted)
    try await split("Q148", "Tiongkok")
    #expect(try await counts()[parted] == 1)
    #expect(try await counts()["Q148"] == 1)
  }

  @Test func `loses the ways to write it that mean another one`() async throws {
    try await world.append(
      .entitySplit(Entity.ID("Q148"), aliases: ["tiongkok"], Self.rina), after: 2)
    try await world.publish("Tiongkok", after: 3)
    try await world.publish("China", after: 3.1)
    let all = try await views().entities(since: nil, limit: 9)
    let parted = try #require(all.first { $0.name == "tiongkok" })
    #expect(parted.articles == 2 && parted.type == "place" && parted.source == "person")
    #expect(all.first { $0.id == "Q148" }?.articles == 2)
    #expect(try await views().entity("Q148", since: nil)?.words.map(\.word) == ["split"])
  }

  @Test func `takes an alias and refuses one`() async throws {
    let china = Entity.ID("Q148")
    try await world.append(.aliasJudged(china, alias: "Sari", same: true, Self.rina), after: 2)
    try await world.publish("Sari", after: 3)
    #expect(try await counts() == ["Q148": 5, "tid:budi": 1, "tid:budiman": 1])
    try await world.append(.aliasJudged(china, alias: "sari", same: false, Self.rina), after: 4)
    try await world.publish("Sari", after: 5)
    let all = try await views().entities(since: nil, limit: 9)
    #expect(all.first { $0.id == "Q148" }?.articles == 2)
    #expect(all.first { $0.name == "sari" }?.articles == 4)
  }

  @Test func `stays as it was judged through edits, and is never forgotten`() async throws {
    try await merge("tid:budi", "tid:budiman")
    var edited = world.archived.article("Budi dan Sari 0.0 A", "Sari")
    (edited.publisher, edited.text, edited.revision) = ("A", "", 2)
    try await world.append(
      .articleRevised(edited, Revision(previous: 1, changed: ["title"], isDeclared: true)),
      after: 3)
    for day in 40..<45 { try await world.publish("China", after: Double(day)) }
    #expect(try await counts()["tid:budi"] == 1)
  }

  @Test func `has the ways to write it that people gave it, however many there are`() async throws {
    let (reader, last) = (Self.reader { _ in "Q30" }, "Cara40")
    for way in 0..<40 { try await world.publish("Cara\(way)", after: 3 + Double(way) / 100) }
    let all = try await heard(by: reader).entities(since: nil, limit: 9)
    #expect(all.first { $0.id == "Q30" }?.articles == 40 + 4)
    try await world.append(
      .aliasJudged(Entity.ID("Q30"), alias: last, same: false, Self.rina), after: 4)
    try await world.publish(last, after: 5)
    let parted = try await heard(by: reader).entities(since: nil, limit: 9)
    #expect(parted.first { $0.id == "Q30" }?.articles == 40 + 4)
    #expect(parted.first { $0.name == last }?.articles == 1)
  }

  /// Takes each part of a title for a name, of the entity that `id` says.
  private static func reader(_ id: @escaping @Sendable (String) -> String) -> MakeReader {
    { _ in
      { article, _ in
        var reading = Reading(models: "m")
        reading.names = article.title.split(separator: ",").enumerated().map { place, name in
          Reading.Mention(
            entity: id(String(name)), name: String(name), field: "title", start: place,
            end: place + 1, text: String(name), via: "tagger")
        }
        return reading
      }
    }
  }

  /// Views of all so far, as another reader takes it.
  private func heard(by reader: @escaping MakeReader) async throws -> Views {
    let views = try Views(
      world.archived.folder.path("heard-\(try await world.archived.log.end)"),
      log: await world.archived.log.identity, Archived.projections)
    try await Projector(views, log: world.archived.log, makeReader: reader).catchUp()
    return views
  }

  @Test func `is suggested where names sound alike, until somebody says no`() async throws {
    let reader = Self.reader { "tid:\($0)" }
    for day in 0..<2 {
      try await world.publish("Anton Siluanov,Joko Widodo,Igor Shuvalov", after: 3 + Double(day))
      try await world.publish(
        "Антон Силуанов,Joko Widada,Budi Santoso,Игорь Шувалов", after: 3.1 + Double(day))
      try await world.publish("Budi Sentosa", after: 3.2 + Double(day))
    }
    func suggestions() async throws -> [EntitySuggestion] {
      try await heard(by: reader).suggestions(limit: 9)
    }
    let pairs = try await suggestions()
    #expect(
      Set(pairs.map { [$0.first.name, $0.second.name].sorted() }) == [
        ["Anton Siluanov", "Антон Силуанов"], ["Igor Shuvalov", "Игорь Шувалов"],
      ])
    #expect(pairs.allSatisfy { $0.evidence == .skeleton })
    let anton = Entity.ID("tid:Anton Siluanov")
    try await world.append(
      .aliasJudged(anton, alias: "Антон Силуанов", same: false, Self.rina), after: 9)
    let left = try await suggestions().flatMap { [$0.first.name, $0.second.name] }
    #expect(left.sorted() == ["Igor Shuvalov", "Игорь Шувалов"])
    // A no is a word on two that there are: it makes no third one.
    let named = "SELECT id FROM entity WHERE name = 'Антон Силуанов'"
    let views = try await heard(by: reader)
    #expect(try views.read { try String.fetchAll($0, sql: named) } == ["tid:Антон Силуанов"])
  }

  @Test func `is not suggested again under another name`() async throws {
    let reader = Self.reader { "tid:\($0)" }
    for day in 0..<2 {
      try await world.publish("Anton Siluanov", after: 3 + Double(day))
      try await world.publish("Антон Силуанов,Anton Siluanov", after: 3.1 + Double(day))
    }
    #expect(try await heard(by: reader).suggestions(limit: 9).count == 1)
    let anton = Entity.ID("tid:Anton Siluanov")
    try await world.append(
      .aliasJudged(anton, alias: "антон силуанов", same: false, Self.rina), after: 9)
    #expect(try await heard(by: reader).suggestions(limit: 9).isEmpty)
    // Merged into another it is still not the one that it was not.
    try await world.append(
      .entityMerged([Entity.ID("Q1"), anton], Self.rina), after: 10)
    #expect(try await heard(by: reader).suggestions(limit: 9).isEmpty)
  }
}
