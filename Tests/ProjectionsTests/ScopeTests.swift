import Core
import Foundation
import Testing

@testable import Projections

@Suite("How much of a feed a document shows") struct ScopeTests {
  /// Entries an hour apart, the highest number the youngest.
  func entries(_ desk: Newsdesk, _ numbers: [Int]) -> [Archive.Candidate] {
    numbers.map { number in
      desk.entry(
        "\(number)|https://n.example/\(number)|Kabar nomor\(number)|Isi lain\(number)",
        published: Archived.now - 86_400 + Double(number) * 3_600)
    }
  }

  func question(
    _ desk: Newsdesk, _ numbers: [Int], _ scope: Archive.Scope = .window
  ) -> Archive.Question {
    var question = Archive.Question(
      entries(desk, numbers), of: desk.feed, scope: scope, at: desk.now)
    question.asksAbsent = true
    return question
  }

  @Test func `decides what is missing from it: articles that left before older ones`() async throws
  {
    let desk = try await Newsdesk()
    #expect(try await desk.take(question(desk, [1, 2, 3, 4, 5, 6])).absent.isEmpty)
    // 5 is gone while four older ones stand; 1 and 2 only left at the end.
    let news = try await desk.take(question(desk, [3, 4, 6, 7, 8]))
    #expect(news.absent.map(\.title) == [])
    let next = try await desk.take(question(desk, [2, 3, 4, 6, 7, 8]))
    #expect(next.absent.map(\.title) == ["Kabar nomor5"])
    // A pinned old entry is one witness, and two are needed beside it.
    let pinned = try await desk.take(question(desk, [1, 7, 8, 9]))
    #expect(pinned.absent.isEmpty)
  }

  @Test
  func `decides it only by dates that the feed gives, for a week, and not for what was taken back`()
    async throws
  {
    let desk = try await Newsdesk()
    _ = try await desk.take(question(desk, [1, 2, 3, 5]))
    let undated = (1...3).map {
      desk.entry("\($0)|https://n.example/\($0)|Kabar nomor\($0)|Isi lain\($0)")
    }
    var question = Archive.Question(undated, of: desk.feed, at: desk.now)
    question.asksAbsent = true
    #expect(try await desk.take(question).absent.isEmpty)
    question = self.question(desk, [1, 2, 3])
    #expect(try await desk.take(question).absent.map(\.title) == ["Kabar nomor5"])
    question.now += 8 * 86_400
    #expect(try await desk.take(question).absent.isEmpty)
    question.now = desk.now
    let gone = try #require(try desk.views.articles(ArticleFilter(), limit: 1).first)
    try await desk.archived.append(.articleWithdrawn(gone.id, revision: 1, .gone))
    try await desk.archived.fold(desk.views)
    #expect(try await desk.take(question).absent.isEmpty)
  }

  @Test func `of a delta tells neither of a gap nor of what is missing`() async throws {
    let desk = try await Newsdesk()
    _ = try await desk.take(question(desk, [1, 2, 3, 4, 5]))
    let news = try await desk.take(question(desk, [6, 7, 8], .delta))
    #expect(news.events.map(\.kind) == Array(repeating: .articlePublished, count: 3))
    #expect(news.absent.isEmpty)
    let window = try await desk.take(question(desk, [9, 10, 11]))
    #expect(window.events.first?.kind == .feedGapped)
  }

  @Test func `of older entries brings only those that nobody knows`() async throws {
    let desk = try await Newsdesk()
    _ = try await desk.take(question(desk, [1, 2, 3]))
    var older = Archive.Question(
      [
        desk.entry("1|https://n.example/1|Kabar nomor1|"),
        desk.entry("|https://n.example/2|Kabar nomor2|"),
        desk.entry("|https://n.example/3|Judul lain sama sekali|"),
        desk.entry("|https://n.example/9|Kabar yang terlewat|"),
      ], deleted: ["3"], of: desk.feed, scope: .older(found: 0), at: desk.now)
    older.asksAbsent = true
    let news = try await desk.take(older)
    #expect(news.events.map(\.fact).told == ["new Kabar yang terlewat"])
    #expect(news.absent.isEmpty && news.new == 1)
    #expect(try desk.identity == "id")
  }

  @Test func `of older entries is a surge where there are more than the feed is used to`()
    async throws
  {
    let desk = try await Newsdesk()
    _ = try await desk.take(question(desk, [1, 2, 3]))
    let lines = (100..<110).map { "\($0)|https://n.example/\($0)|Kabar nomor\($0)|Isi lain\($0)" }
    for (found, origin) in [(10, "new"), (11, "surge")] {
      let question = Archive.Question(
        lines.map { desk.entry($0) }, of: desk.feed, scope: .older(found: found), at: desk.now)
      let news = try #require(try desk.archive.news(in: [question]).first ?? nil)
      #expect(news.events.map(\.fact).told.allSatisfy { $0.hasPrefix(origin) })
    }
  }

  @Test func `of older entries without text is known by its title where addresses tell nothing`()
    async throws
  {
    let desk = try await Newsdesk()
    desk.feed.identity = .content
    _ = try await desk.take(question(desk, [1, 2, 3]))
    let entries = [
      "|https://n.example/1|Judul baru|", "|https://n.example/90|Kabar nomor2|",
      "|https://n.example/91|Kabar yang terlewat|",
    ]
    let news = try await desk.take(
      Archive.Question(
        entries.map { desk.entry($0) }, of: desk.feed, scope: .older(found: 0), at: desk.now))
    #expect(news.events.map(\.fact).told == ["new Kabar yang terlewat"])
  }

  @Test func `brings an article back that did not answer for a while`() async throws {
    let desk = try await Newsdesk()
    _ = try await desk.take(question(desk, [1, 2, 3]))
    let article = try #require(try desk.views.articles(ArticleFilter(), limit: 1).first)
    for (reason, told) in [(Withdrawal.gone, 1), (.tombstone, 0)] {
      try await desk.archived.append(
        .articleWithdrawn(
          article.id, revision: article.revision + (reason == .gone ? 0 : 1), reason))
      try await desk.archived.fold(desk.views)
      let news = try await desk.take(question(desk, [1, 2, 3]))
      #expect(news.events.map(\.kind) == Array(repeating: .articleRevised, count: told))
      #expect(try desk.views.withdrawal(of: article.id) == (told == 1 ? nil : .tombstone))
    }
  }

  @Test func `compares what the feed says with what it said, not with the page`() async throws {
    let desk = try await Newsdesk()
    _ = try await desk.take(question(desk, [1, 2, 3]))
    var page = try #require(try desk.views.articles(ArticleFilter(), limit: 1).first)
    (page.revision, page.textSource) = (2, .page)
    page.text = (1...200).map { "kata\($0)" }.joined(separator: " ")
    try await desk.archived.append(
      .articleRevised(page, Revision(previous: 1, changed: ["text"], isDeclared: true)))
    try await desk.archived.fold(desk.views)
    #expect(try await desk.take(question(desk, [1, 2, 3])).events.isEmpty)
    var edited = entries(desk, [1, 2, 3])
    edited[2].article.title = "Kabar besar nomor3"
    edited[2].article.contentHash = "edited"
    let news = try await desk.take(Archive.Question(edited, of: desk.feed, at: desk.now))
    guard case .articleRevised(let article, let edit)? = news.events.first?.fact else {
      Issue.record("\(news.events)")
      return
    }
    #expect(edit.changed == ["title"] && edit.previous == 2)
    #expect(article.revision == 3 && article.textSource == .feed && article.text == "Isi lain3")
  }
}
