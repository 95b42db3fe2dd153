import Core
import EventLog
import Foundation
import Testing

@testable import Projections

@Suite("A revision") struct RevisionTests {
  /// Shows these titles one after the other; returns what each brought.
  func show(_ titles: [String], every pause: TimeInterval = 60, _ desk: Newsdesk) async throws
    -> [[String]]
  {
    var told: [[String]] = []
    for title in titles {
      told.append(try await desk.poll("1|https://n.example/1|\(title)|Isi yang sama").told)
      desk.now += pause - 60
    }
    return told
  }

  @Test func `is none where two states take turns`() async throws {
    let desk = try await Newsdesk()
    let told = try await show(["A", "B", "A", "B", "A", "B", "A", "C", "A", "D"], desk)
    #expect(
      told == [
        ["new A"], ["edit B"], ["edit A"], ["edit B"], [], [], [], ["edit C"], [], ["edit D"],
      ])
  }

  @Test func `is kept once an hour beyond 24 a day, with the number of the others`() async throws {
    let desk = try await Newsdesk()
    let first = try await show((0...24).map { "kabar \($0)" }, desk)
    #expect(first.allSatisfy { $0.count == 1 })
    // 25 are kept; two more within the hour are not, one of them seen twice.
    #expect(try await show(["x 1", "x 1", "x 2"], desk) == [[], [], []])
    desk.now += 3_600
    let facts = try await desk.poll("1|https://n.example/1|x 3|Isi yang sama")
    guard case .articleRevised(let article, let edit) = facts.first else {
      Issue.record("no revision")
      return
    }
    #expect(article.revision == 26 && edit.passedOver == 2)
    // A day later there is room again.
    desk.now += 86_400
    #expect(try await show(["y 1", "y 2"], desk) == [["edit y 1"], ["edit y 2"]])
  }

  @Test func `says of what kind it is, and takes the article back where a notice stands`()
    async throws
  {
    let desk = try await Newsdesk()
    let text =
      "Menteri Budi Santoso menerima suap 12 miliar dari pengusaha, menurut dokumen yang kami lihat"
    try await desk.poll("1|https://n.example/1|Suap|\(text)")
    let facts = try await desk.poll("1|https://n.example/1|Suap|This article has been retracted.")
    guard case .articleRevised(let article, let edit) = facts.first else {
      Issue.record("no revision")
      return
    }
    #expect(edit.classes == ["name_removed", "rewritten", "retracted"] && !edit.isDeclared)
    #expect(facts.dropFirst() == [.articleWithdrawn(article.id, revision: 2, .notice)])
    #expect(try desk.views.withdrawal(of: article.id) == .notice)
    #expect(
      try await desk.poll("1|https://n.example/1|Suap|This article has been retracted.").isEmpty)
    // It comes back.
    try await desk.poll("1|https://n.example/1|Suap|\(text)")
    #expect(try desk.views.withdrawal(of: article.id) == nil)
    #expect(try desk.views.history(of: article.id).map { $0.edit?.previous } == [nil, 1, 2])
  }

  @Test func `is not needed for a tombstone, which is told once`() async throws {
    let desk = try await Newsdesk()
    try await desk.poll("1|https://n.example/1|Gempa", "2|https://n.example/2|Banjir")
    for expected in [["withdrawn tombstone"], []] {
      let question = Archive.Question(
        [desk.entry("2|https://n.example/2|Banjir")], deleted: ["1", "unknown"], of: desk.feed,
        at: desk.now)
      let news = try #require(try desk.archive.news(in: [question]).first ?? nil)
      #expect(news.events.map(\.fact).told == expected)
      if !news.events.isEmpty {
        try await desk.archived.log.append(news.events, to: .daemon, at: desk.now)
      }
      try await desk.archived.fold(desk.views)
    }
  }
}
