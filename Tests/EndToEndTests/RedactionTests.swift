import Core
import EventLog
import Foundation
import Projections
import Support
import Testing

@testable import tidings

@Suite("Words that are taken out", .serialized) struct RedactionTests {
  static let now = Date(timeIntervalSince1970: 1_715_837_220)

  /// An article, what a repair left of another record, what a later version wrote, the article again.
  static func log(_ folder: TemporaryFolder) async throws -> SegmentedLog {
    var options = SegmentedLog.Options()
    options.floor = 0
    let log = try SegmentedLog.open(folder.path("log"), options: options, now: now)
    let article = Article(
      id: Article.ID("kq3v"), feed: Feed.ID("wire"), url: "https://n.example/1", title: "Gempa",
      seen: now)
    var revised = article
    revised.revision = 2
    let revision = Revision(
      previous: 1, changed: ["title"], classes: ["headline"], isDeclared: false)
    try await log.append(
      [Event(at: now, .articlePublished(article, .live))], to: .feed("wire"), at: now)
    let strange = [0x8000, 0x8FFF].map {
      NewRecord(id: 0, kind: $0, payload: Array("{}".utf8))
    }
    try await log.append(strange, to: .people, at: now)
    try await log.append(
      [Event(at: now, .articleRevised(revised, revision))], to: .feed("wire"), at: now)
    return log
  }

  @Test func `are found behind a record that says nothing`() async throws {
    let folder = try TemporaryFolder()
    let log = try await Self.log(folder)
    let byArticle = try await RedactionSearch(positions: [], article: "kq3").find(in: log)
    #expect(byArticle.positions == [1, 4] && byArticle.articles == [Article.ID("kq3v")])
    // One that nothing is known of goes too, when a person says so.
    let byPlace = try await RedactionSearch(positions: [3], article: nil).find(in: log)
    #expect(byPlace.positions == [3] && byPlace.articles.isEmpty)
  }

  @Test func `are looked for by a person where something was kept aside`() throws {
    let folder = try TemporaryFolder()
    #expect(try LogRedactCommand.kept(in: folder.path("log")).isEmpty)
    for name in ["torn", "quarantine"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("log/" + name), withIntermediateDirectories: true)
    }
    #expect(try LogRedactCommand.kept(in: folder.path("log")).isEmpty)
    try Data([1]).write(to: URL(filePath: folder.path("log/quarantine/x.seg.0")))
    #expect(
      try LogRedactCommand.kept(in: folder.path("log")) == [folder.path("log/quarantine")])
  }

  /// Whatever the kill leaves, the command takes the words out when it is given again, and the feed that
  /// shows them still does not bring them back.
  @Test(
    .enabled(if: Strace.isThere, "strace is not installed"), .timeLimit(.minutes(10)),
    arguments: ["fdatasync", "fsync", "unlink", "rename"])
  func `stay out when the command was killed at any call`(call: String) async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let (data, kept) = (installation.path("data"), installation.path("kept"))
    try FileManager.default.copyItem(atPath: data, toPath: kept)
    let title = "Kabar 2 dari /one.xml"
    let id = try #require(
      try LogCommandTests.lines(try installation.run("articles", "--json"))
        .first { $0["title"]?.string == title }?["id"]?.string)
    let command = ["log", "redact", "--article", id, "--reason", "order"]
    for number in 1...60 {
      try FileManager.default.removeItem(atPath: data)
      try FileManager.default.copyItem(atPath: kept, toPath: data)
      let killed = try Strace.run(
        command + ["--config", installation.configuration],
        injections: ["\(call):signal=KILL:when=\(number)"])
      let again = try Installation.run(command + ["--config", installation.configuration])
      // All was done, or all is done now.
      #expect(again.status == 0 || again.errors.contains("not in the log"), "\(again.errors)")
      try await LogCommandTests.once(installation)
      #expect(try !LogCommandTests.text(of: data).contains(title), "killed at \(call) \(number)")
      #expect(try installation.run("articles", "--json").lines.count == 5, "\(call) \(number)")
      #expect(try !installation.events("record.redacted").isEmpty, "\(call) \(number)")
      if killed.status == 0 { break }
      #expect(number < 60, "it never ended by itself")
    }
    let check = try installation.run("rebuild", "--check")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
  }
}
