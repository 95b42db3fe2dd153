import Foundation
import Rules
import Support
import Testing

@testable import tidings

@Suite("A first configuration") struct InitTests {
  @Test func `is written where it is named, loads, and is followed by what to do`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path("news/desk/tidings.yaml")
    let outcome = try Installation.run(["init", "--config", file])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("\(file): written; now\n"))
    #expect(outcome.output.contains("tidings feeds add URL"))
    let check = try Installation.run(["check", "--config", file])
    #expect(check.status == 0 && check.output.contains("0 feeds, 0 rules"), "\(check)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("news/desk"))
    #expect(files == ["tidings.yaml"])
  }

  @Test func `that is there is never touched`() throws {
    let written = "feeds: []\nfind_names: false\n"
    let installation = try Installation(written)
    let outcome = try installation.run("init")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "\(installation.configuration): is there already; edit it, or name another with --config\n"
    )
    let text = try String(contentsOfFile: installation.configuration, encoding: .utf8)
    #expect(text == written)
  }

  @Test func `of the service keeps log and alerts where it may write, and tells the journal`()
    throws
  {
    let installation = try Installation("")
    let rule = "rules: [{id: quake, match: gempa}]\n"
    try installation.write(
      InitCommand.text(isService: true).replacing("rules: []\n", with: rule), to: "tidings.yaml")
    let configuration = try Configuration.read(installation.configuration)
    #expect(configuration.paths.data == "/var/lib/tidings")
    #expect(configuration.paths.alerts == "/var/log/tidings/alerts.jsonl")
    #expect(configuration.outlets.map(\.name) == ["file", "journal"])
    #expect(configuration.rules.written.map(\.outlets) == [["file", "journal"]])
  }

  @Test func `that cannot be written is told of`() throws {
    let outcome = try Installation.run(["init", "--config", "/proc/tidings.yaml"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("/proc/tidings.yaml.tmp: open failed with "))
  }
}
