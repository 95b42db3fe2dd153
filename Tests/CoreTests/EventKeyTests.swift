import Core
import Foundation
import Testing

/// The key of each kind, as its line in the catalogue of events has it: what tells a fact from all others.
///
/// A key never changes, or a log would know a fact twice.
@Suite("The key of a fact") struct EventKeyTests {
  static let at = "2024-05-16T05:27:00Z"

  /// In the order of the catalogue; the facts are those of `EventTests`.
  static let keys: [EventKind: [String]] = [
    .feedFollowed: ["wire", at], .feedChanged: ["wire", at], .feedUnfollowed: ["wire", at],
    .feedMoved: ["wire", "https://b.example"], .feedGone: ["wire", at],
    .feedFailed: ["wire", "http", at], .feedRecovered: ["wire", at],
    .feedFetched: ["wire", "ab", at], .feedGapped: ["wire", "2024-05-16T06:27:00Z"],
    .feedRekeyed: ["wire", at],
    .articlePublished: ["a1"], .articleRevised: ["a1", "2"], .articleWithdrawn: ["a1", "2"],
    .articleSighted: ["a1", "wire"],
    .ruleDefined: ["quake", "0123", at], .ruleRemoved: ["quake", at],
    .vocabularyDefined: ["topics", VocabularyDefinition(part: "topics", text: "{}").digest, at],
    .alertRaised: ["x1"], .alertChanged: ["x1", "1"], .alertHeld: ["quake", "{}", "cooldown", "8"],
    .rulesEvaluated: ["9"], .alertDelivered: ["x1", "0", "file"],
    .alertUndeliverable: ["x1", "0", "desk"],
    .alertAcknowledged: ["x1", "rina", at], .alertMarked: ["x1", "rina", at],
    .silenceSet: ["s1", "rina", at], .silenceLifted: ["s1", "budi", at],
    .deliveryRequested: ["desk", "rina", at],
    .entityMerged: ["Q7747", "e_12", "rina", at],
    .entitySplit: ["Q7747", "Vladimir", "rina", at],
    .aliasJudged: ["Q7747", "Путин", "same", "rina", at], .storyMerged: ["s_1", "s_2", "budi", at],
    .storySplit: ["s_1", "a1", "budi", at], .topicJudged: ["a1", "energy", "rina", at],
    .clockTicked: [at], .daemonStarted: [at], .daemonStopped: [at], .networkLost: [at],
    .networkReturned: [at], .configurationReread: [at], .outletFailed: ["desk", at],
    .outletRemoved: ["desk", at],
    .recordRedacted: [at], .logRepaired: ["00000000000000081920.seg", at], .logArchived: [at],
  ]

  @Test(arguments: EventTests.facts)
  func `is that of its kind`(fact: Event.Fact) throws {
    let event = Event(at: EventTests.at, fact)
    let key = try #require(Self.keys[event.kind], "\(event.kind.type) has no key here")
    #expect(event.id == Digest(of: ["tidings/1", event.kind.type] + key))
  }

  @Test func `differs for each alias that a person judges at one moment`() {
    let entity = Entity.ID("Q7747")
    let rina = Judgement(by: "rina")
    let facts: [Event.Fact] = [
      .entitySplit(entity, aliases: ["Vladimir"], rina),
      .entitySplit(entity, aliases: ["V."], rina),
      .aliasJudged(entity, alias: "Putin", same: true, rina),
      .aliasJudged(entity, alias: "V.", same: true, rina),
      .aliasJudged(entity, alias: "V.", same: false, rina),
    ]
    #expect(Set(facts.map { Event(at: EventTests.at, $0).id }).count == facts.count)
  }

  @Test func `differs from that of every other kind`() {
    let ids = EventTests.facts.map { Event(at: EventTests.at, $0).id }
    #expect(Set(ids).count == ids.count)
  }
}
