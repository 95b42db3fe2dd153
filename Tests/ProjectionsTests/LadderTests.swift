import Core
import Foundation
import Testing

@testable import Projections

@Suite("The identity ladder") struct LadderTests {
  static let texts = [
    "Gempa|Gempa kuat mengguncang kota pagi tadi",
    "Banjir|Sungai meluap setelah hujan semalam suntuk",
    "Minyak|Harga dunia naik karena perang berlanjut",
    "Pemilu|Rakyat memilih presiden baru bulan depan",
  ]

  /// Four entries with these ids and addresses, by number.
  func window(_ id: (Int) -> String, _ address: (Int) -> String) -> [String] {
    Self.texts.enumerated().map { "\(id($0))|\(address($0))|\($1)" }
  }

  func poll(_ desk: Newsdesk, _ lines: [String]) async throws -> [String] {
    try await desk.poll(lines.map { desk.entry($0) }).told
  }

  @Test func `keeps the policy of the first document`() async throws {
    let desk = try await Newsdesk()
    #expect(try desk.identity == nil)
    try await desk.poll("1|https://n.example/1|Gempa")
    #expect(try desk.identity == "id")
    try await desk.poll("|https://n.example/2|Banjir")
    #expect(try desk.identity == "id")
    desk.feed.id = Feed.ID("other")
    try await desk.poll("|https://o.example/1|Gempa")
    #expect(try desk.identity == "url")
  }

  @Test func `sees through one guid for all, also where the window holds one entry`() async throws {
    let desk = try await Newsdesk()
    let entries = Self.texts.enumerated().map { "same|https://n.example/\($0)|\($1)" }
    #expect(try await poll(desk, [entries[0]]) == ["new Gempa"])
    #expect(try await poll(desk, [entries[1]]) == ["id to id_url", "new Banjir"])
    #expect(try await poll(desk, [entries[2]]) == ["new Minyak"])
    #expect(try await poll(desk, [entries[2], entries[1], entries[0]]) == [])
    #expect(try desk.identity == "id_url")
    #expect(
      try await poll(desk, ["same|https://n.example/2|Minyak naik|Harga dunia naik lagi"]) == [
        "edit Minyak naik"
      ])
  }

  @Test func `sees through one guid and no address`() async throws {
    let desk = try await Newsdesk()
    let day = Archived.now
    func one(_ index: Int) -> Archive.Candidate {
      desk.entry("same||\(Self.texts[index])", published: day + Double(index) * 3_600)
    }
    #expect(try await desk.poll([one(0)]).told == ["new Gempa"])
    #expect(try await desk.poll([one(1)]).told == ["id to content", "new Banjir"])
    #expect(try await desk.poll([one(0)]).told == [])
  }

  @Test func `takes an edit with a new address for an edit`() async throws {
    let desk = try await Newsdesk()
    try await desk.poll("1|https://n.example/gempa|Gempa|Gempa kuat mengguncang kota pagi tadi")
    let edit = try await desk.poll(
      "1|https://n.example/gempa-kota|Puluhan tewas|Gempa kuat mengguncang kota pagi tadi, kata polisi"
    )
    #expect(edit.told == ["edit Puluhan tewas"])
    // Its second address leads to it as well.
    #expect(
      try await desk.poll(
        "7|https://n.example/gempa-kota|Puluhan tewas|Gempa kuat mengguncang kota pagi tadi, kata polisi"
      ).isEmpty)
    #expect(try desk.identity == "id")
  }

  @Test func `goes by addresses where guids are made anew for each poll`() async throws {
    let desk = try await Newsdesk()
    for poll in 0..<3 {
      let told = try await self.poll(
        desk, window({ "\(poll)-\($0)" }, { "https://n.example/\($0)" }))
      #expect(
        told == [["new Gempa", "new Banjir", "new Minyak", "new Pemilu"], ["id to url"], []][poll])
    }
    // One of four is no reason.
    let other = try await Newsdesk()
    _ = try await poll(other, window({ "\($0)" }, { "https://n.example/\($0)" }))
    #expect(
      try await poll(other, window({ $0 == 2 ? "x" : "\($0)" }, { "https://n.example/\($0)" }))
        == [])
    #expect(try other.identity == "id")
  }

  @Test func `goes by contents where addresses are made anew too`() async throws {
    let desk = try await Newsdesk()
    for poll in 0..<3 {
      let told = try await self.poll(
        desk, window({ _ in "" }, { "https://n.example/\($0)?session=\(poll)" }))
      #expect(
        told
          == [["new Gempa", "new Banjir", "new Minyak", "new Pemilu"], ["url to content"], []][poll]
      )
    }
    let addition = Self.texts.prefix(3).map {
      "|https://n.example/x?session=\($0.utf8.count)|\($0)"
    }
    #expect(
      try await poll(desk, addition + ["||Kereta|Kereta anjlok di jalur utama tadi malam"]) == [
        "new Kereta"
      ])
  }

  @Test func `goes by titles too where one address carries several`() async throws {
    let desk = try await Newsdesk()
    try await desk.poll("|https://n.example/|Gempa", "|https://n.example/b|Banjir")
    #expect(try desk.identity == "url")
    let told = try await desk.poll("|https://n.example/|Gempa", "|https://n.example/|Minyak")
    #expect(told.told == ["url to url_title", "new Minyak"])
    #expect(
      try await desk.poll(
        "|https://n.example/|Minyak", "|https://n.example/|Gempa", "|https://n.example/b|Banjir"
      ).isEmpty)
  }

  @Test func `says why, and never goes back up by itself`() async throws {
    let desk = try await Newsdesk()
    _ = try await poll(desk, window({ "\($0)" }, { "https://n.example/\($0)" }))
    let facts = try await desk.poll(
      window({ "x\($0)" }, { "https://n.example/\($0)" }).map { desk.entry($0) })
    #expect(
      facts == [
        .feedRekeyed(
          desk.feed.id, from: "id", to: "url",
          evidence: "4 of 4 entries are new by id, known by address and title")
      ])
    _ = try await poll(
      desk, window({ "x\($0)" }, { "https://n.example/\($0)" }) + ["y|https://n.example/9|Baru"])
    #expect(try desk.identity == "url")
  }

  @Test func `is held and raised by the operator`() async throws {
    let desk = try await Newsdesk()
    desk.feed.identity = .id
    let first = window({ "\($0)" }, { "https://n.example/\($0)" })
    _ = try await poll(desk, first)
    #expect(try await poll(desk, window({ "x\($0)" }, { "https://n.example/\($0)" })) == [])
    #expect(try desk.identity == "id")
    desk.feed.identity = .address
    #expect(try await poll(desk, first) == ["id to url"])
    desk.feed.identity = .id
    #expect(try await poll(desk, first) == ["url to id"])
    desk.feed.identity = nil
    #expect(try await poll(desk, first) == [])
    #expect(try desk.views.articles(ArticleFilter(), limit: 99).count == 4)
  }

  @Test func `takes a shuffled document for no news, whatever the policy`() async throws {
    for policy in IdentityPolicy.allCases {
      let desk = try await Newsdesk()
      desk.feed.identity = policy
      let lines = window({ "\($0)" }, { "https://www.n.example/\($0)" })
      #expect(try await poll(desk, lines).count == 4)
      let others = lines.map { $0.replacing("https://www.n.example", with: "http://n.example") }
      #expect(try await poll(desk, others.shuffled()) == [], "\(policy)")
    }
  }
}
