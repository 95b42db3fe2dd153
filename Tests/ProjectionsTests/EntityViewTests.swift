import Core
import EventLog
import Foundation
import GRDB
import Synchronization
import Testing
import Text

@testable import Projections

@Suite("The view of entities") struct EntityViewTests {
  var world: EntityWorld

  init() throws { world = try EntityWorld() }

  @Test func `shows whom nobody configured, and what says so`() async throws {
    try await world.publish("Budi ke China")
    try await world.publish("Budi dari Tiongkok", after: 1, by: "B")
    let views = try await world.views()
    let all = try views.entities(since: nil, limit: 9)
    #expect(all.map(\.id) == ["tid:budi", "Q148"])
    #expect(all.map(\.source) == ["found", "list"])
    #expect(all.map(\.articles) == [2, 2])
    let china = try #require(try views.entity("Tiongkok", since: nil))
    #expect(china.count.name == "China" && china.count.first == Archived.now)
    #expect(china.forms.map(\.text) == ["China", "Tiongkok"])
    #expect(Set(china.forms.map(\.via)) == ["alias own"])
    #expect(china.days.map(\.articles) == [1, 1])
    #expect(china.tellers.map(\.source) == ["A", "B"])
    #expect(china.together.map(\.id) == ["tid:budi"])
    #expect(china.places.map(\.text) == ["Tiongkok", "China"])
    #expect(china.places.map(\.model) == ["lists:1", "lists:1"])
    let filter = ArticleFilter(entity: Entity.ID("Q148"))
    #expect(try views.articles(filter, limit: 9).count == 2)
    #expect(try await world.rebuild().check().isEmpty)
  }

  @Test func `keeps of each mention how it was found`() async throws {
    try await world.publish("Budi")
    try await world.publish("Budi datang !", after: 1)
    let budi = try #require(try await world.views().entity("Budi", since: nil))
    #expect(budi.places.map(\.via) == ["clue", "tagger"])
  }

  @Test func `leaves the operator's words their own`() async throws {
    try await world.append(
      .vocabularyDefined(
        VocabularyDefinition(
          part: "entities", text: #"{"Q159":{"name":"Rusia","type":"place","aliases":["RU"]}}"#)))
    try await world.publish("Rusia dan Budi")
    try await world.append(
      .vocabularyDefined(VocabularyDefinition(part: "entities", text: "{}")), after: 1)
    let views = try await world.views()
    #expect(try views.entities(since: nil, limit: 9).map(\.id) == ["tid:budi", "Q159"])
    #expect(try views.entity("Rusia", since: nil)?.aliases == "[]")
  }

  @Test(arguments: [1, 7, 1_000])
  func `forgets after a month whom one article named`(batch: Int) async throws {
    try await world.publish("Budi dan Sari di China")
    try await world.publish("Sari", after: 5)
    for day in 32..<40 { try await world.publish("Rusia \(day)", after: Double(day)) }
    try await world.publish("Budi", after: 40)
    let views = try await world.views(batch: batch)
    let all = try views.entities(since: nil, limit: 9)
    #expect(all.map(\.id) == ["Q159", "tid:sari", "tid:budi", "Q148"])
    #expect(all.map(\.articles) == [8, 2, 1, 1])
    // Nobody remembers that he was there before.
    #expect(all[2].first == Archived.now.addingTimeInterval(40 * EntityWorld.day))
    let days = "SELECT count(*) FROM mention_day WHERE entity = 'tid:budi'"
    #expect(try views.read { try Int.fetchOne($0, sql: days) } == 1)
    #expect(try await world.rebuild().check().isEmpty)
  }

  @Test func `keeps of a list of very many names those it names most`() async throws {
    let names = (0..<60).map { "N\(Character(Unicode.Scalar(UInt8(97 + $0 % 26))))\($0)" }
    try await world.publish((names + ["N59", "China", "China"]).joined(separator: " "))
    let views = try await world.views()
    let all = try views.entities(since: nil, limit: 99)
    #expect(all.count == NamedForm.limit)
    #expect(all.first?.id == "Q148" && all.first?.mentions == 2)
  }

  @Test func `takes a further way to write one for the first`() async throws {
    // Whatever stands in capitals inside of a word is another way to write it.
    for number in 0..<40 {
      let letters = String(number, radix: 2).map { $0 == "1" ? "B" : "b" }
      try await world.publish("Na" + letters.joined(), after: Double(number) / 100)
    }
    let views = try await world.views()
    let most = "SELECT max(n) FROM (SELECT count(*) AS n FROM alias GROUP BY said)"
    #expect(try views.read { try Int.fetchOne($0, sql: most) } ?? 0 <= 32)
    #expect(try views.entities(since: nil, limit: 99).map(\.articles).reduce(0, +) == 40)
  }

  @Test func `takes for chance whom only few articles name`() async throws {
    func main() async throws -> [String] {
      let views = try await world.views()
      let last = Int64(try views.position.rawValue)
      return try views.read { try EntityTables(db: $0).main(at: last) }
    }
    try await world.publish("Budi ke China")
    #expect(try await main() == ["Q148"])
    for day in 1...2 { try await world.publish("Budi ke China", after: Double(day)) }
    #expect(try await main() == ["Q148", "tid:budi"])
  }

  @Test func `orders by what rises and what is new`() async throws {
    for day in 0..<9 {
      for source in ["A", "B"] {
        try await world.publish("Rusia \(day)", after: Double(day), by: source)
      }
    }
    for number in 0..<3 {
      try await world.publish("Sari \(number)", after: 9 + Double(number) / 10)
      try await world.publish("Rusia \(number)", after: 9.4 + Double(number) / 10)
    }
    let views = try await world.views()
    #expect(try views.entities(since: nil, limit: 9).map(\.id) == ["Q159", "tid:sari"])
    let rising = try views.entities(since: nil, order: .rising, limit: 9)
    #expect(rising.map(\.id) == ["tid:sari", "Q159"])
    #expect(rising.map(\.recent) == [3, 3])
    #expect(rising.map(\.usual) == [0, 2])
    #expect(try views.entities(since: nil, order: .new, limit: 9).map(\.id) == ["tid:sari"])
  }

  @Test func `is made anew where other lists find the names`() async throws {
    try await world.publish("Budi ke China")
    try await world.views().close()
    var later = world
    later.models = "lists:2"
    let told = Mutex<[Rebuild.Reason]>([])
    let views = try await later.rebuild { reason, _ in told.withLock { $0.append(reason) } }.open()
    #expect(told.withLock { $0 } == [.names])
    let china = try #require(try views.entity("China", since: nil))
    #expect(china.places.map(\.model) == ["lists:2"])
  }

  @Test func `is not gone on with where a rebuild was begun with other lists`() async throws {
    for name in ["Budi", "Sari"] { try await world.publish(name) }
    let begun = try Views(
      alone: world.archived.file + ".new", log: await world.archived.log.identity,
      Archived.projections)
    try await Projector(begun, log: world.archived.log, makeReader: world.makeReader)
      .catchUp(upTo: Position(rawValue: 1))
    try begun.close()
    var later = world
    later.models = "lists:2"
    let views = try await later.rebuild().open()
    let models = "SELECT id FROM reading_model"
    #expect(try views.read { try String.fetchAll($0, sql: models) } == ["lists:2"])
  }
}
