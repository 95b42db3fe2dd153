import Core
import Foundation
import Support
import Testing

@Suite("A known article") struct KnownArticleTests {
  @Test func `shows its history with what was edited`() throws {
    let showcase = try Showcase()
    defer { showcase.server.stop() }
    let text = "Gempa mengguncang kota Palu pagi ini. 12 orang terluka."
    try showcase.show("1|http://news.example/1|Gempa di Palu|\(text)")
    let edited = text.replacing("12", with: "21")
    #expect(
      try showcase.show("1|http://news.example/1|Gempa besar di Palu|\(edited)") == [
        "article.revised"
      ])
    // Another guid, host form and counter are no news.
    #expect(
      try showcase.show("9|https://www.news.example/1?utm_source=x|Gempa besar di Palu|\(edited)")
        == [])
    let list = try showcase.installation.run("articles", "--json").lines
    let article = try JSONValue(parsing: Array(try #require(list.first).utf8))
    let id = try #require(article["id"]?.string)
    let history = try showcase.installation.run("article", id, "--history").output
    for line in [
      "edited title, text  (headline, number)  stealth\n", "  Gempa {+besar +}di Palu\n",
      "  Gempa mengguncang kota Palu pagi ini. [-12-]{+21+} orang terluka.\n",
    ] {
      #expect(history.contains(line), "\(line) is not in \(history)")
    }
    let lines = try showcase.installation.run("article", id, "--history", "--json").lines
    let edits = try lines.map { try JSONValue(parsing: Array($0.utf8))["edit"] }
    #expect(edits.count == 2 && edits[0] == nil)
    #expect(edits[1]?["classes"]?.array?.compactMap(\.string) == ["headline", "number"])
    #expect(edits[1]?["declared"] == .bool(false))
  }

  @Test func `of a feed with one guid for all is no edit of the last`() throws {
    let showcase = try Showcase()
    defer { showcase.server.stop() }
    try showcase.show("same|http://news.example/1|Gempa di Palu|Warga lari ke luar rumah")
    #expect(
      try showcase.show("same|http://news.example/2|Harga minyak naik|Pasar dunia menguat lagi")
        == ["feed.rekeyed", "article.published"])
    let feeds = try showcase.installation.run("feeds", "--json").output
    #expect(feeds.contains("\"identity\":\"id_url\""))
    #expect(try showcase.installation.run("rebuild", "--check").status == 0)
  }

  @Test func `is known by what its operator says`() throws {
    let showcase = try Showcase(", identity: id")
    defer { showcase.server.stop() }
    try showcase.show("same|http://news.example/1|Gempa di Palu|Warga lari ke luar rumah")
    #expect(
      try showcase.show("same|http://news.example/2|Harga minyak naik|Pasar dunia menguat lagi")
        == ["article.revised"])
    let wrong = try Installation("feeds: [{name: a, url: \"http://h/\", identity: guid}]\n")
    let outcome = try wrong.run("check")
    #expect(outcome.status == 78 && outcome.errors.contains("unknown value 'guid'"))
  }

  @Test func `is told apart from entries that passed unseen, and from old ones that turn up`()
    throws
  {
    let showcase = try Showcase()
    defer { showcase.server.stop() }
    func window(_ numbers: ClosedRange<Int>) -> [String] {
      numbers.map { "\($0)|http://news.example/\($0)|Kabar nomor\($0)|Isi lain\($0)" }
    }
    try showcase.show(window(1...3))
    #expect(try showcase.show(window(2...4)) == ["article.published"])
    #expect(
      try showcase.show(window(5...7)) == ["feed.gapped"]
        + Array(repeating: "article.published", count: 3))
    let old = "8|http://news.example/8|Kabar lama|Isi lama|Thu, 16 May 2024 12:27:00 GMT"
    #expect(try showcase.show(window(6...7) + [old]) == ["article.published"])
    let origins = try showcase.installation.events("article.published").map { $0["origin"]?.string }
    #expect(
      origins == Array(repeating: "backlog", count: 3) + Array(repeating: "live", count: 4) + [
        "backlog"
      ])
    #expect(try showcase.installation.run("rebuild", "--check").status == 0)
  }

  @Test func `is taken back where its feed says that it is gone`() throws {
    let showcase = try Showcase()
    defer { showcase.server.stop() }
    let entry = "1|http://news.example/1|Gempa di Palu|Warga lari"
    try showcase.show(entry, "2|http://news.example/2|Banjir|Sungai meluap")
    let rest = "2|http://news.example/2|Banjir|Sungai meluap"
    #expect(try showcase.show([rest], deleted: ["1", "unknown"]) == ["article.withdrawn"])
    #expect(try showcase.show([rest], deleted: ["1"]) == [])
    let event = try #require(try showcase.installation.events("article.withdrawn").first)
    let id = try #require(event["article"]?.string)
    #expect(event["reason"]?.string == "tombstone" && event["revision"] == .number(1))
    let article = try showcase.installation.run("article", id)
    #expect(article.output.hasSuffix("withdrawn: tombstone\n"), "\(article.output)")
  }
}
