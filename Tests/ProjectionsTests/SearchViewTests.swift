import Core
import EventLog
import GRDB
import Testing
import Text

@testable import Projections

@Suite("The full-text index") struct SearchViewTests {
  func found(_ text: String, _ views: Views) throws -> [String] {
    try views.search(text, limit: 9).map(\.id.rawValue)
  }

  @Test func `finds words of titles and texts, those of a title first`() async throws {
    let archived = try Archived()
    var inText = archived.article("text", "Kabar pagi")
    inText.text = "Warga merasa gempa di pantai"
    var inTitle = archived.article("title", "Gempa di pantai")
    inTitle.text = "Warga merasa getaran"
    try await archived.append(.articlePublished(inTitle, .live), .articlePublished(inText, .live))
    let views = try await archived.views()
    #expect(try found("gempa", views) == ["title", "text"])
    #expect(try found("GEMPA warga", views) == ["title", "text"])
    #expect(try found("getaran", views) == ["title"])
    #expect(try found("gempa banjir", views) == [])
  }

  @Test func `finds an edited article by its words of now alone`() async throws {
    let archived = try Archived()
    try await archived.append(.articlePublished(archived.article("a", "Gempa kecil"), .live))
    try await archived.append(archived.revised("a", "Gempa besar", 2))
    let views = try await archived.views()
    #expect(try found("kecil", views) == [])
    #expect(try found("besar", views) == ["a"])
    try await archived.append(archived.revised("a", "Gempa kecil", 3))
    try await archived.fold(views)
    #expect(try found("besar", views) == [])
    #expect(try views.search("kecil", limit: 9).map(\.revision) == [3])
  }

  @Test(arguments: ["½ liter", "snake_case", "Z\"a* OR (b", "地震 速報", "Ünïcode", "⑴ first"])
  func `takes each folded word as one, whatever is in it`(title: String) async throws {
    let archived = try Archived()
    try await archived.append(.articlePublished(archived.article("a", title), .live))
    let views = try await archived.views()
    #expect(try found(title, views) == ["a"])
    let words = try views.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM article_word WHERE col = 'title'")
    }
    let title = Archived.makeReader([:])(archived.article("a", title), nil).titleWords
    #expect(words == title.split(separator: " ").count)
  }
}
