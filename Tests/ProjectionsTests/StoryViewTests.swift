import Core
import EventLog
import Foundation
import GRDB
import Synchronization
import Testing
import Text

@testable import Projections

@Suite("The story view") struct StoryViewTests {
  static let quake = """
    Gempa bermagnitudo 5,6 mengguncang Cianjur pada Senin siang dan merusak ratusan rumah warga. BMKG mencatat \
    pusat gempa berada di darat pada kedalaman sepuluh kilometer, tanpa potensi tsunami. Petugas BPBD masih \
    mendata korban luka yang dirawat di rumah sakit setempat serta membuka posko pengungsian di lapangan.
    """
  static let follow = """
    Korban gempa Cianjur bertambah menjadi dua belas orang luka, kata BPBD pada Senin malam. Ratusan rumah rusak \
    dan warga mengungsi ke posko di lapangan sambil menunggu bantuan. BMKG meminta warga waspada gempa susulan.
    """
  static let match = """
    Persija mengalahkan Persib dua gol tanpa balas pada laga pekan kesepuluh liga di Jakarta, Minggu malam. Kedua \
    gol dicetak pada babak kedua oleh penyerang muda yang baru kembali dari cedera panjang musim lalu.
    """

  let archived: Archived

  init() throws { archived = try Archived() }

  func append(_ fact: Event.Fact, after hours: Double) async throws {
    let at = Archived.now.addingTimeInterval(hours * 3_600)
    try await archived.log.append([Event(at: at, fact)], to: .daemon, at: at)
  }

  /// An article that comes so many hours after the beginning, and was published then or `published`.
  func publish(
    _ id: String, _ title: String, _ text: String, after hours: Double, published: Double? = nil,
    by publisher: String
  ) async throws {
    var article = archived.article(id, title)
    article.text = text
    article.publisher = publisher
    article.published = Archived.now.addingTimeInterval((published ?? hours) * 3_600)
    try await append(.articlePublished(article, .live), after: hours)
  }

  /// A quake that three tell, one of them in the words of another; and a match.
  func live() async throws {
    try await publish(
      "a", "Gempa Guncang Cianjur, Rumah Rusak", Self.quake, after: 1, by: "Antara")
    try await publish("b", "Persija Kalahkan Persib 2-0", Self.match, after: 2, by: "Bola")
    try await publish(
      "c", "Gempa Cianjur", Self.quake, after: 3, published: 0.5, by: "Kabar")
    try await publish("d", "Korban Gempa Cianjur Bertambah", Self.follow, after: 4, by: "Metro")
  }

  static let first = Article.story(of: Article.ID("a"))

  @Test func `puts articles together, those of most sources first`() async throws {
    try await live()
    let views = try await archived.views()
    let stories = try views.stories(since: nil, limit: 10)
    #expect(stories.map(\.articles) == [3, 1])
    // Antara's is the copy of one published before it.
    #expect(stories.map(\.sources) == [2, 1])
    #expect(stories[0].id == Self.first)
    #expect(stories[0].last == Archived.now.addingTimeInterval(4 * 3_600))
    #expect(try views.stories(since: stories[0].last, limit: 10).map(\.id) == [Self.first])
    #expect(try views.stories(since: nil, limit: 1).count == 1)
  }

  @Test func `shows its articles by time, copies and the first mover told`() async throws {
    try await live()
    let views = try await archived.views()
    let found = try views.stories(idPrefix: String(Self.first.rawValue.prefix(8)))
    let story = try views.story(try #require(found.first))
    #expect(story.members.map(\.article.id.rawValue) == ["c", "a", "d"])
    #expect(story.members.map(\.lag) == [0, 1_800, 12_600])
    #expect(story.members.map { $0.original?.rawValue } == [nil, "c", nil])
    #expect(story.members.map(\.source) == ["Kabar", "Antara", "Metro"])
    #expect(try views.place(of: Article.ID("d"))?.story == Self.first)
    #expect(try views.articles(ArticleFilter(story: Self.first), limit: 9).count == 3)
    #expect(try views.stories(idPrefix: "-").isEmpty)
  }

  @Test func `moves nothing by an edit`() async throws {
    try await live()
    try await append(archived.revised("b", "Gempa Guncang Cianjur, Rumah Rusak", 2), after: 5)
    let views = try await archived.views()
    #expect(try views.place(of: Article.ID("b"))?.story == Article.story(of: Article.ID("b")))
    let stories = try views.stories(since: nil, limit: 9)
    #expect(stories.map(\.articles) == [3, 1])
    // Yet its title is the newest.
    #expect(stories[1].title == "Gempa Guncang Cianjur, Rumah Rusak")
  }

  @Test func `takes a revision of an unknown article for its publication`() async throws {
    try await append(archived.revised("x", "Gempa", 2), after: 1)
    let views = try await archived.views()
    #expect(try views.place(of: Article.ID("x"))?.story == Article.story(of: Article.ID("x")))
  }

  // MARK: People

  static let judgement = Judgement(by: "rina")
  static let second = Article.story(of: Article.ID("b"))

  @Test func `makes one of two where a person says so`() async throws {
    try await live()
    try await append(.storyMerged([Self.second, Self.first], Self.judgement), after: 5)
    try await publish("e", "Korban Gempa Cianjur", Self.follow, after: 6, by: "Harian")
    let views = try await archived.views()
    let stories = try views.stories(since: nil, limit: 9)
    #expect(stories.map(\.id) == [Self.second])
    #expect(stories.map(\.articles) == [5])
    // The old name leads to it, also for what comes later.
    #expect(try views.stories(idPrefix: Self.first.rawValue) == stories)
    #expect(try views.articles(ArticleFilter(story: Self.first), limit: 9).count == 5)
    let place = try views.read { try StoryView.place(of: Article.ID("e"), in: $0) }
    #expect(place?.story == Self.second && place?.former == [Self.first])
    #expect(try await archived.rebuild().check().isEmpty)
  }

  @Test func `parts one where a person says so, and keeps it parted`() async throws {
    try await live()
    let parted = ["a", "c"].map { Article.ID($0) }
    try await append(.storySplit(Self.first, articles: parted, Self.judgement), after: 5)
    try await publish("e", "Gempa Cianjur", Self.quake, after: 6, by: "Harian")
    let views = try await archived.views()
    let stories = try Set(
      ["a", "c", "e"].map { id in
        try #require(try views.place(of: Article.ID(id))?.story)
      })
    #expect(stories.count == 1)
    #expect(!stories.contains(Self.first))
    #expect(try views.place(of: Article.ID("d"))?.story == Self.first)
    #expect(try views.stories(since: nil, limit: 9).map(\.articles) == [3, 1, 1])
    #expect(try await archived.rebuild().check().isEmpty)
  }

  @Test func `passes over words on what is no story`() async throws {
    try await live()
    let before = try await archived.views().digests()
    let (nobody, all) = (Story.ID("none"), ["a", "c", "d"].map { Article.ID($0) })
    for fact: Event.Fact in [
      .storyMerged([nobody, Self.first], Self.judgement),
      .storyMerged([Self.first, Self.first], Self.judgement),
      .storySplit(nobody, articles: all, Self.judgement),
      .storySplit(Self.first, articles: all, Self.judgement),
      .storySplit(Self.first, articles: [Article.ID("b")], Self.judgement),
    ] {
      try await append(fact, after: 5)
    }
    let views = try await archived.views()
    let after = try views.digests()
    let own = Set(StoryView.tables)
    #expect(after.filter { own.contains($0.table) } == before.filter { own.contains($0.table) })
  }

  // MARK: Terms

  @Test func `counts terms once where a transaction comes to nothing`() async throws {
    let whole = try await counted(failing: [])
    #expect(whole.map(\.rows) == [27, 1, 4])
    // Of sixteen articles: their words, and numbers of two digits.
    // Before the tail is written, where it is, and behind it.
    for failing in [[3], [8], [9, 10], [8, 16, 20]] as [Set<Int>] {
      #expect(try await counted(failing: failing) == whole)
    }
  }

  /// What is counted of twenty articles that are folded one by one, some not at the first try.
  private func counted(failing: Set<Int>) async throws -> [TableDigest] {
    let archived = try Archived()
    for number in 1...20 {
      let article = archived.article("\(number)", "Gempa \(number) di kota\(number)")
      try await archived.append(.articlePublished(article, .live))
    }
    let fault = Fault()
    let views = try Views(
      archived.file, log: await archived.log.identity, Archived.projections + [fault])
    for number in 1...20 {
      fault.isThere.withLock { $0 = failing.contains(number) }
      do { try await archived.fold(views, upTo: UInt64(number), batch: 1) } catch {
        fault.isThere.withLock { $0 = false }
        try await archived.fold(views, upTo: UInt64(number), batch: 1)
      }
    }
    defer { try? views.close() }
    return try views.digests().filter {
      ["story_term", "story_language", "story_tail"].contains($0.table)
    }
  }

  /// A view behind the others that can fail.
  private final class Fault: Projection {
    static let version = 1
    static let tables: [String] = []
    let isThere = Mutex(false)

    func createTables(in db: Database) {}

    func apply(_ recorded: Recorded, in db: Database) throws {
      if isThere.withLock({ $0 }) { throw CancellationError() }
    }
  }

  // MARK: Time

  @Test func `keeps of what is past only the articles`() async throws {
    try await live()
    for hour in [31.0, 32] {
      try await publish("\(hour)", "Cuaca", "Hujan turun di Bogor.", after: hour * 24, by: "B")
    }
    let views = try await archived.views()
    let counts = try views.read { db in
      try ["story", "story_article", "story_shape", "story_band"].map { table in
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
      }
    }
    // Those of the two that tell of the weather.
    #expect(counts == [3, 6, 1, 64])
    #expect(try await archived.rebuild().check().isEmpty)
  }

  @Test func `goes on with a story that takes no more`() async throws {
    try await live()
    try await publish(
      "e", "Korban Gempa Cianjur Bertambah", "Korban gempa Cianjur bertambah, kata BPBD.",
      after: 16 * 24, by: "Metro")
    let views = try await archived.views()
    let story = try #require(try views.place(of: Article.ID("e"))?.story)
    #expect(try views.stories(idPrefix: story.rawValue).map(\.continues) == [Self.first])
  }
}
