import Core
import Foundation
import Support
import Testing

@testable import tidings

@Suite("Stories", .serialized, .timeLimit(.minutes(15))) struct StoriesCommandTests {
  private func stories(
    _ installation: Installation, _ arguments: String...
  ) throws -> [JSONValue] {
    let arguments = ["stories"] + arguments + ["--json", "--config", installation.configuration]
    return try LogCommandTests.lines(try Installation.run(arguments))
  }

  @Test func `are shown, merged and split by people, and survive a rebuild`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let before = try stories(installation)
    let ids = before.compactMap { $0["id"]?.string }
    try #require(ids.count >= 2)
    let merge = try installation.run("stories", "merge", ids[0], ids[1], "--note", "sama")
    #expect(merge.status == 0 && merge.output.hasPrefix("merged into \(ids[0])"), "\(merge.errors)")
    let merged = try stories(installation, ids[1])
    #expect(merged.first?["id"]?.string == ids[0])
    guard case .array(let members)? = merged.first?["members"] else {
      Issue.record("no members")
      return
    }
    let articles = members.compactMap { $0["article"]?.string }
    #expect(articles.count == 2)
    #expect(members.first?["lag_seconds"]?.number == 0)
    #expect(try installation.run("stories", "split", ids[0], articles[1]).status == 0)
    #expect(try stories(installation).count == before.count)
    #expect(try installation.run("stories", ids[0]).output.contains("first"))
    let ofStory = try installation.run("articles", "--story", ids[0], "--json")
    #expect(ofStory.lines.count == 1)
    #expect(try stories(installation, "--since", "1h", "-n", "1").count == 1)
    let check = try installation.run("rebuild", "--check")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
  }

  @Test func `that cannot be meant are refused with what to do`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    func outcome(_ arguments: String...) throws -> (status: Int32, errors: String) {
      let outcome = try Installation.run(arguments + ["--config", installation.configuration])
      return (outcome.status, outcome.errors)
    }
    let id = try #require(try stories(installation).first?["id"]?.string)
    #expect(try outcome("stories", "zzz").status == 2)
    #expect(try outcome("stories", "merge", id).status == 64)
    #expect(try outcome("stories", "merge", id, id).errors.contains("name one story twice"))
    #expect(try outcome("stories", "split", id).status == 64)
    #expect(
      try outcome("stories", "split", id, "zzz").errors
        .contains("zzz: is no article of the story; see `tidings stories \(id)`"))
    let article = try #require(try stories(installation, id).first?["members"])
    guard case .array(let members) = article else { return }
    let own = members.compactMap { $0["article"]?.string }
    let all = try Installation.run(
      ["stories", "split", id] + own + ["--config", installation.configuration])
    #expect(all.status == 65 && all.errors.contains("would keep no article"), "\(all.errors)")
  }
}
