import Core
import Foundation
import GRDB
import Glibc
import Support
import Testing

@testable import tidings

@Suite("Entities", .serialized, .timeLimit(.minutes(15))) struct EntitiesCommandTests {
  private static let articles = [
    ("Putin tiba di Beijing", "Presiden Rusia Vladimir Putin tiba di Beijing, Kamis."),
    ("Xi Jinping menjamu Putin", "Presiden China Xi Jinping menjamu Vladimir Putin di Beijing."),
    ("Gempa guncang Palu", "Gempa mengguncang Palu, kata Wali Kota Hadianto Rasyid."),
  ]

  /// A feed of three articles, polled once.
  private static func polled(
    _ more: String
  ) throws -> (installation: Installation, server: LocalServer) {
    let items = articles.enumerated().map { number, article in
      """
      <item><guid>\(number)</guid><title>\(article.0)</title><description>\(article.1)</description>
      <pubDate>Thu, 16 May 2024 05:2\(number):00 GMT</pubDate></item>
      """
    }
    let document =
      "<rss version=\"2.0\"><channel><title>Kabar</title><language>id</language>"
      + items.joined() + "</channel></rss>"
    let server = try LocalServer { _ in
      .answer(200, [("Content-Type", "application/rss+xml")], document)
    }
    let installation = try Installation(
      """
      page: none
      \(more)
      poll: {first_poll: alert, rate: 0}
      feeds: [{name: kabar, url: "\(server.address("/a.xml"))", private_network: true}]
      """)
    let outcome = try installation.run("run", "--once")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return (installation, server)
  }

  private func entities(
    _ installation: Installation, _ arguments: String...
  ) throws -> [JSONValue] {
    let arguments = ["entities"] + arguments + ["--json", "--config", installation.configuration]
    return try LogCommandTests.lines(try Installation.run(arguments))
  }

  @Test func `that nobody configured are kept with what says so`() throws {
    let (installation, server) = try Self.polled("find_names: true")
    defer { server.stop() }
    let all = try entities(installation)
    let counts = all.map { "\($0["id"]?.string ?? "") \($0["articles"]?.number ?? 0)" }
    #expect(counts.prefix(2).sorted() == ["Q7747 2.0", "Q956 2.0"], "\(counts)")
    #expect(all.allSatisfy { $0["first_seen"]?.string != nil })
    let person = all.first { $0["name"]?.string == "Hadianto Rasyid" }
    #expect(person?["source"]?.string == "found", "\(counts)")
    let putin = try #require(try entities(installation, "Vladimir Putin").first)
    #expect(putin["id"]?.string == "Q7747" && putin["source"]?.string == "list")
    let written = putin["written"]?.array?.compactMap { $0["text"]?.string }
    #expect(written == ["Putin", "Vladimir Putin"])
    let model = try #require(putin["latest"]?.array?.first?["model"]?.string)
    #expect(model.hasPrefix("reading:1 "))
    #expect(model.contains("gazetteer:") && model.contains("names-id:"))
    #expect(putin["together"]?.array?.first?["id"]?.string == "Q956")
    #expect(putin["sources"]?.array?.first?["source"]?.string == "Kabar")
    let named = try installation.run("articles", "--entity", "Vladimir Putin", "--json")
    #expect(named.lines.count == 2, "\(named.errors)")
    let people = try installation.run("entities", "Putin").output
    #expect(people.contains("list own") && people.contains("Kabar"), "\(people)")
    let check = try installation.run("rebuild", "--check")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
  }

  @Test func `are made anew where a rebuild was broken off that read with other lists`() throws {
    let (installation, server) = try Self.polled("find_names: true")
    defer { server.stop() }
    let begun = installation.path("data/views.sqlite.new")
    try DatabaseQueue(path: installation.path("data/views.sqlite")).writeWithoutTransaction {
      try $0.execute(sql: "VACUUM INTO ?", arguments: [begun])
    }
    try DatabaseQueue(path: begun).write {
      try $0.execute(sql: "UPDATE reading_model SET id = 'other lists'")
    }
    let rebuild = try installation.run("rebuild")
    #expect(rebuild.status == 0, "\(rebuild.errors)")
    let putin = try #require(try entities(installation, "Vladimir Putin").first)
    let models = putin["latest"]?.array?.compactMap { $0["model"]?.string } ?? []
    #expect(models.count == 2 && models.allSatisfy { $0.hasPrefix("reading:1 ") }, "\(models)")
  }

  @Test func `are merged, split and corrected by people, and survive a rebuild`() throws {
    let (installation, server) = try Self.polled("find_names: true")
    defer { server.stop() }
    func told(_ arguments: String...) throws {
      let arguments = ["entities"] + arguments + ["--config", installation.configuration]
      let outcome = try Installation.run(arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    func articles(_ name: String) throws -> Double? {
      try entities(installation, name).first?["articles"]?.number
    }
    try told("merge", "Putin", "Hadianto Rasyid", "--note", "a try")
    #expect(try articles("Q7747") == 3)
    let said = try #require(try entities(installation, "Q7747").first?["said"]?.array?.first)
    #expect(said["word"]?.string == "merged" && said["note"]?.string == "a try")
    #expect(said["by"]?.string == Person.name)
    let other = try #require(said["other"]?.string)
    try told("split", "Q7747", other)
    #expect(try articles("Q7747") == 2)
    try told("split", "Q7747", "putin")
    try told("alias", "Q159", "Beijing")
    #expect(try articles("Q159") == 2)
    try told("alias", "Q159", "Beijing", "--not")
    #expect(try articles("Q159") == 1)
    let check = try installation.run("rebuild", "--check")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    let people = try installation.run("entities", "Q7747").output
    #expect(people.contains("split putin  by \(Person.name)"), "\(people)")
  }

  @Test func `are merged while the daemon runs, by way of its inbox`() async throws {
    let (installation, server) = try Self.polled(
      """
      find_names: false
      entities: {Q1: {name: Palu, type: place, aliases: []}, Q2: {name: Beijing, type: place, aliases: []}}
      """)
    defer { server.stop() }
    let daemon = try installation.start("run")
    try await daemon.says("Started")
    let merge = try installation.run("entities", "merge", "Palu", "Beijing")
    #expect(merge.output.hasPrefix("merged into Q1"), "\(merge.output)\(merge.errors)")
    let split = try installation.run("entities", "split", "Palu", "Q2")
    #expect(split.output.hasPrefix("split Q2 off Q1"), "\(split.output)\(split.errors)")
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    #expect(try installation.events("entity.merged").count == 1)
    #expect(try installation.events("entity.split").count == 1)
    let check = try installation.run("rebuild", "--check")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
  }

  @Test func `that cannot be meant are refused with what to do`() throws {
    let (installation, server) = try Self.polled(
      "find_names: false\nentities: {Q3630: {name: Palu, type: place, aliases: []}}")
    defer { server.stop() }
    func outcome(_ arguments: String...) throws -> Installation.Outcome {
      try Installation.run(["entities"] + arguments + ["--config", installation.configuration])
    }
    #expect(try outcome("nobody").status == 2)
    #expect(try outcome("suggestions").status == 2)
    #expect(try outcome("merge", "Palu").status == 64)
    #expect(try outcome("merge", "Palu", "nobody").errors.contains("nobody: is no entity"))
    #expect(try outcome("merge", "Palu", "Q3630").errors.contains("name one entity twice"))
    #expect(try outcome("split", "Palu", "Moskow").errors.contains("Moskow: is no alias of Q3630"))
    #expect(try outcome("alias", "Palu", " ").status == 64)
  }

  @Test func `are the operator's alone where names are not to be found`() throws {
    let (installation, server) = try Self.polled(
      "find_names: false\nentities: {Q3630: {name: Palu, type: place, aliases: []}}")
    defer { server.stop() }
    let all = try entities(installation)
    #expect(all.map { $0["id"]?.string } == ["Q3630"])
    #expect(all.map { $0["source"]?.string } == ["operator"])
    let later = try entities(installation, "--order", "rising")
    #expect(later.isEmpty)
  }
}
