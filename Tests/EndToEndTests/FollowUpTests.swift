import Core
import Foundation
import Projections
import Support
import Synchronization
import Testing

@Suite("What a document gives reason to ask for", .timeLimit(.minutes(15))) struct FollowUpTests {
  /// A site whose feed is a window of numbered entries, six minutes apart, the 15th of now.
  private final class Site: Sendable {
    let window = Mutex<[Int]>([])
    let gone = Mutex<Set<Int>>([])
    let start = Date(timeIntervalSinceNow: -15 * 360)

    /// Stands in every title.
    let edition = Mutex("")
    let isPaged: Bool

    init(isPaged: Bool = true) { self.isPaged = isPaged }

    func answer(_ request: Request) -> Reply {
      switch request.target {
      case "/feed": .answer(200, [], document(window.withLock { $0 }, older: "/page?2"))
      case "/page?2": .answer(200, [], document([10, 11, 12], older: "/page?3"))
      case "/page?3": .answer(200, [], document([7, 8, 9], older: "/page?4"))
      case "/page?4": .answer(200, [], document([1, 2, 3], older: "/page?5"))
      default: page(request.target)
      }
    }

    private func page(_ path: String) -> Reply {
      let number = Int(path.dropFirst()) ?? 0
      return .answer(gone.withLock { $0.contains(number) } ? 410 : 200, [], "<p>page")
    }

    private func document(_ numbers: [Int], older: String) -> String {
      let items = numbers.map { number in
        let date = start.addingTimeInterval(Double(number) * 360).ISO8601Format()
        return
          "<entry><id>urn:\(number)</id><title>Kabar\(edition.withLock { $0 }) nomor\(number)</title><updated>\(date)"
          + "</updated><published>\(date)</published><link href=\"/\(number)\"/>"
          + "<summary>Isi lain\(number)</summary></entry>"
      }
      return "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire</title><id>urn:w</id>"
        + (isPaged ? "<link rel=\"next\" href=\"\(older)\"/>" : "") + "\(items.joined())</feed>"
    }
  }

  private func installation(_ server: LocalServer, _ options: String = "") throws -> Installation {
    try Installation(
      "page: none\npoll: {rate: 0, first_poll: seed}\nfeeds:\n  - {name: wire, url: "
        + "\"\(server.address("/feed"))\", every: 1s, private_network: true\(options)}\n")
  }

  /// Lets the daemon look once, when nothing that it remembers keeps it from asking any more.
  private func look(_ installation: Installation, hoursLater hours: Double = 0) throws {
    let file = installation.path("data/state.sqlite")
    if FileManager.default.fileExists(atPath: file) {
      let store = try StateStore(file)
      var state = try #require(try store.load([Feed.ID("wire")])[Feed.ID("wire")])
      (state.nextDue, state.hintUntil) = (nil, nil)
      try store.save([Feed.ID("wire"): state])
      for article in try Self.articles(installation) {
        guard var visit = try store.visit(of: article) else { continue }
        visit.at -= hours * 3_600
        try store.note(visit, of: article)
      }
    }
    let outcome = try installation.run("run", "--once")
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  private static func articles(_ installation: Installation) throws -> [Article.ID] {
    try installation.events("article.published").compactMap { $0["article"]?["id"]?.string }
      .map { Article.ID($0) }
  }

  private func published(_ installation: Installation) throws -> [String] {
    try installation.events("article.published").map { event in
      "\(event["origin"]?.string ?? "") \(event["article"]?["title"]?.string?.suffix(2) ?? "")"
    }
  }

  @Test func `fills a gap from older pages, as far back as was seen`() throws {
    let site = Site()
    let server = try LocalServer { site.answer($0) }
    defer { server.stop() }
    let installation = try installation(server)
    site.window.withLock { $0 = [1, 2, 3] }
    try look(installation)
    #expect(server.requests.map(\.target) == ["/feed"])
    site.window.withLock { $0 = [13, 14, 15] }
    try look(installation)
    #expect(
      server.requests.dropFirst().map(\.target) == ["/feed", "/page?2", "/page?3", "/page?4"])
    let filled = (13...15).map { "live \($0)" } + (10...12).map { "live \($0)" }
    let found = try published(installation)
    #expect(
      found == (1...3).map { "backlog r\($0)" } + filled + (7...9).map { "live r\($0)" })
    #expect(try installation.run("rebuild", "--check").status == 0)
  }

  @Test func `fills a gap from where its operator says, through the sitemaps of an index`() throws {
    @Sendable func index(_ host: String) -> String {
      let maps = ["http://\(host)/news.xml", "http://elsewhere.example/news.xml"]
      return "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
        + maps.map { "<sitemap><loc>\($0)</loc></sitemap>" }.joined() + "</sitemapindex>"
    }
    let news = Date.now.ISO8601Format()
    @Sendable func map(_ host: String) -> String {
      let urls = ["/12|Kabar nomor12", "/14|Tajuk yang lain"].map { line in
        let parts = line.split(separator: "|")
        return "<url><loc>http://\(host)\(parts[0])</loc><n:news><n:title>\(parts[1])</n:title>"
          + "<n:publication_date>\(news)</n:publication_date></n:news></url>"
      }
      return "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
        + "xmlns:n=\"http://www.google.com/schemas/sitemap-news/0.9\">\(urls.joined())</urlset>"
    }
    let site = Site(isPaged: false)
    let server = try LocalServer { request in
      switch request.target {
      case "/index.xml": .answer(200, [], index(request["Host"] ?? ""))
      case "/news.xml": .answer(200, [], map(request["Host"] ?? ""))
      default: site.answer(request)
      }
    }
    defer { server.stop() }
    let installation = try installation(
      server, ", older_entries: \"\(server.address("/index.xml"))\"")
    site.window.withLock { $0 = [1, 2, 3] }
    try look(installation)
    site.window.withLock { $0 = [13, 14, 15] }
    try look(installation)
    #expect(
      server.requests.dropFirst().map(\.target) == ["/feed", "/index.xml", "/news.xml"])
    let found = try published(installation)
    #expect(found.suffix(2) == ["live 15", "live 12"])
    // What a sitemap says of a known article is no edit.
    #expect(try installation.events("article.revised").isEmpty)
  }

  @Test func `asks for the page of an article that left before older ones, and again to be sure`()
    throws
  {
    let site = Site(isPaged: false)
    let server = try LocalServer { site.answer($0) }
    defer { server.stop() }
    let installation = try installation(server, ", verify_gone: true")
    func pages() -> [String] {
      server.requests.map(\.target).filter { $0 != "/feed" && $0 != "/robots.txt" }.sorted()
    }
    func withdrawn() throws -> [String?] {
      try installation.events("article.withdrawn").map { $0["reason"]?.string }
    }
    site.window.withLock { $0 = [1, 2, 3, 4, 5, 6] }
    try look(installation)
    site.gone.withLock { $0 = [5] }
    site.window.withLock { $0 = [1, 2, 3, 6] }
    try look(installation)
    #expect(pages() == ["/4", "/5"])
    site.window.withLock { $0 = [1, 2, 3, 6, 7] }
    try look(installation)
    #expect(pages() == ["/4", "/5"])
    #expect(try withdrawn() == [])
    site.window.withLock { $0 = [1, 2, 3, 6, 8] }
    try look(installation, hoursLater: 2)
    #expect(pages() == ["/4", "/5", "/5", "/7"])
    #expect(try withdrawn() == ["gone"])
    // What was taken back is asked for no more; when it stands in the feed again, it is there again.
    site.window.withLock { $0 = [1, 2, 3, 6, 9] }
    try look(installation, hoursLater: 2)
    #expect(pages() == ["/4", "/5", "/5", "/7", "/8"])
    site.window.withLock { $0 = [1, 2, 3, 5, 6, 9] }
    try look(installation)
    #expect(try installation.events("article.revised").count == 1)
    #expect(try installation.run("rebuild", "--check").status == 0)
  }

  @Test func `reads the pages of short articles as far as their site allows, once a revision`()
    throws
  {
    let words = (1...80).map { "kata\($0)" }.joined(separator: " ")
    let site = Site(isPaged: false)
    let server = try LocalServer { request in
      switch request.target {
      case "/robots.txt": .answer(200, [], "User-agent: *\nDisallow: /3\n")
      case "/1": .answer(200, [], "<article><p>Kabar nomor1: sandi rahasia \(words).</p></article>")
      case "/2": .answer(500)
      default: site.answer(request)
      }
    }
    defer { server.stop() }
    let installation = try installation(server, ", full_text: true")
    try installation.write(
      try String(contentsOfFile: installation.configuration, encoding: .utf8)
        .replacing("first_poll: seed", with: "first_poll: alert")
        + "rules:\n  - {id: sandi, match: sandi}\n  - {id: edits, when: {kind: change, of: [sandi]}}\n",
      to: "tidings.yaml")
    site.window.withLock { $0 = [1, 2, 3] }
    try look(installation)
    #expect(
      server.requests.map(\.target).sorted() == ["/1", "/2", "/feed", "/robots.txt"])
    let edit = try #require(try installation.events("article.revised").first)
    #expect(edit["article"]?["text_source"]?.string == "page")
    #expect(edit["article"]?["text"]?.string?.hasSuffix("kata80.") == true)
    let lines = try installation.alerts()
    #expect(lines.compactMap { $0["rule"]?.string } == ["sandi"])
    // The feed still has the short text, and that is no edit.
    try look(installation)
    #expect(try installation.events("article.revised").count == 1)
    #expect(server.requests.count == 5)
    // An edit by the feed shows its short text again until the page is read again; no line says that it was wrong.
    site.edition.withLock { $0 = " terkini" }
    try look(installation)
    let edits = try installation.events("article.revised").filter {
      $0["article"]?["title"]?.string?.hasSuffix("nomor1") == true
    }
    #expect(edits.map { $0["article"]?["text_source"]?.string } == ["page", nil, "page"])
    #expect(edits.last?["article"]?["title"]?.string == "Kabar terkini nomor1")
    let all = try installation.alerts()
    #expect(
      all.map { "\($0["rule"]?.string ?? "") \($0["state"]?.string ?? "")" }
        == ["sandi fired", "edits fired"])
    #expect(try installation.run("rebuild", "--check").status == 0)
  }
}
