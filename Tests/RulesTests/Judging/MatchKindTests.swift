import Core
import Foundation
import Testing
import Text

@testable import Rules

@Suite("A rule of kind match") struct MatchKindTests {
  @Test func `raises nothing about a backlog, nor twice for an article`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa"}]}"#)
    #expect(try world.publish("gempa satu", origin: .backlog).isEmpty)
    #expect(try world.revise("gempa satu", "gempa satu lagi").isEmpty)
    #expect(try world.publish("gempa dua").told == ["fired new r"])
    #expect(try world.revise("gempa dua", "gempa dua lagi").isEmpty)
    try world.publish("banjir", origin: .backlog)
    #expect(try world.revise("banjir", "gempa").told == ["fired became_match r"])
  }

  @Test func `raises nothing about what is late, unless it says so`() throws {
    let world = try RuleWorld(
      #"{"max_age":"2d","rules":[{"id":"r","match":"gempa"},{"id":"l","match":"gempa","late":true}]}"#
    )
    let late = try world.publish("gempa", at: 0, published: -172_801)
    #expect(late.told == ["fired new l"])
    #expect(late.alerts[0].flags == ["late"])
    #expect(
      try world.publish("gempa lain", published: -172_800).told == ["fired new r", "fired new l"])
  }

  @Test func `names an alert by rule, group and position alone`() {
    #expect(
      Turn.id("putin-xi", #"{"story":"s_41a"}"#, 184_220, number: 0).rawValue
        == "ujs6clmkhx43ufnbwj65taahha")
  }

  @Test func `is told apart by story by default, so that each article is its own`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","cooldown":"10m"}]}"#)
    let first = try world.publish("gempa satu")
    #expect(first.told == ["fired new r"])
    #expect(first.alerts[0].group == ["story": "gempa satu"])
    #expect(try world.publish("gempa dua").told == ["fired new r"])
  }

  @Test func `adds a line for each story of a group that holds several`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","by":[]}]}"#)
    let first = try world.publish("gempa satu")
    let second = try world.publish("gempa dua")
    #expect(first.told + second.told == ["fired new r", "updated joined r"])
    #expect(first.alerts[0].id == second.alerts[0].id)
    #expect((first.alerts + second.alerts).map(\.number) == [0, 1])
    // A day after the last match it is over, without a line.
    #expect(try world.tick(at: 86_400).isEmpty)
    #expect(try world.publish("gempa tiga").told == ["fired new r"])
  }

  @Test(arguments: [
    (#"["feed"]"#, [["feed": "wire"]]),
    (#"["entity"]"#, [["entity": "Q2"], ["entity": "Q1"], ["entity": "Q3"]]),
    (#"["place"]"#, [["place": "Q3"]]),
    (
      #"["entity_pair"]"#,
      [["entity_pair": "Q1+Q2"], ["entity_pair": "Q2+Q3"], ["entity_pair": "Q1+Q3"]]
    ),
    (#"["place","feed"]"#, [["place": "Q3", "feed": "wire"]]),
    (#"["topic"]"#, [["topic": "energy"]]), (#"["publisher"]"#, []),
    ("[]", [[:]]),
  ])
  func `has a group for each value of an article, most mentioned first`(
    by: String, groups: [[String: String]]
  ) throws {
    let world = try RuleWorld(
      #"{"entities":{"Q1":{"name":"Andi","type":"person"},"Q2":{"name":"Budi","type":"person"},"Q3":{"name":"Palu","type":"place"}},"#
        + #""topics":{"energy":{"name":"E","match":"minyak"}},"#
        + #""rules":[{"id":"r","match":"minyak","by":\#(by)}]}"#)
    let fired = try world.publish("Budi dan Andi membeli minyak di Palu, kata Budi")
    #expect(fired.alerts.map(\.group) == groups)
  }

  @Test func `is in shadow held with its reasons, and tells nothing later either`() throws {
    let rule = #"{"rules":[{"id":"r","match":"gempa","by":[],"mode":"shadow"}]}"#
    let world = try RuleWorld(rule)
    let held = try world.publish("gempa")
    #expect(held.told == ["held shadow r"])
    #expect(held.holds[0].why.map(\.clause) == ["gempa"])
    #expect(try world.publish("gempa lagi").told == ["held shadow r"])
    try world.reload(rule.replacing("shadow", with: "live"))
    #expect(try world.tick(at: 86_401).isEmpty)
    #expect(try world.publish("gempa tiga").told == ["fired new r"])
  }

  @Test func `is off from its end on`() throws {
    let until = Timestamp.text(Date(timeIntervalSince1970: RuleWorld.start + 600))
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa","until":"\#(until)"}]}"#)
    #expect(try world.publish("gempa", at: 599).told == ["fired new r"])
    #expect(try world.publish("gempa dua", at: 600).isEmpty)
  }

  @Test func `says when an edit takes its reason away, and when the article is taken back`() throws
  {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa AND palu"},{"id":"o","match":"gempa AND NOT palu"}]}"#)
    let fired = try world.publish("gempa di palu", id: "a")
    #expect(fired.told == ["fired new r"])
    let amended = try world.revise("a", "gempa di poso")
    #expect(amended.told == ["amended edit r", "fired became_match o"])
    #expect(amended.alerts[0].id == fired.alerts[0].id && amended.alerts[0].number == 1)
    #expect(amended.alerts[0].why.map(\.clause) == ["palu"])
    let back = try world.judge(.withdrawn(Article.ID("a"), .tombstone))
    #expect(back.told == ["retracted withdrawn o"])
    #expect(try world.judge(.withdrawn(Article.ID("a"), .gone)).isEmpty)
    // What was told once is not told again because it says so again.
    #expect(try world.revise("a", "gempa di palu").told == ["held same_story r"])
  }

  @Test func `tells of edits beyond noise where it reacts to them`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa","react_to":["new","edit"]},{"id":"s","match":"gempa"}]}"#
    )
    try world.publish("gempa", id: "a")
    #expect(try world.revise("a", "gempa!", classes: [.typo]).isEmpty)
    #expect(try world.revise("a", "gempa besar", classes: [.number]).told == ["updated edit r"])
  }

  @Test func `that changes what it looks at begins anew, and raises nothing about the past`() throws
  {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","by":[]}]}"#)
    try world.publish("gempa")
    #expect(
      try world.reload(#"{"rules":[{"id":"r","match":"gempa","by":[],"severity":"critical"}]}"#)
        .isEmpty)
    #expect(try world.publish("gempa dua").told == ["updated joined r"])
    try world.reload(#"{"rules":[{"id":"r","match":"gempa OR banjir","by":[]}]}"#)
    #expect(try world.revise("gempa", "gempa besar").isEmpty)
    #expect(try world.publish("gempa tiga").told == ["fired new r"])
  }

  @Test func `takes an edit of what met it before for no news, in the language it was read in`()
    throws
  {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"lang:ms AND banjir"}]}"#)
    world.store.earlier = { _, _ in article("banjir") }
    var edited = article("banjir besar")
    (edited.id, edited.revision) = (Article.ID("banjir"), 2)
    var reading = Reading()
    reading.language = "ms"
    let revision = Revision(
      previous: 1, changed: ["title"], classes: [EditClass.headline.rawValue], isDeclared: false)
    #expect(try world.judge(.article(edited, nil, revision, reading)).isEmpty)
    world.store.earlier = { _, _ in article("cuaca") }
    edited.id = Article.ID("cuaca")
    #expect(
      try world.judge(.article(edited, nil, revision, reading)).told == ["fired became_match r"])
  }
}
