import Foundation
import Support
import Testing

@testable import tidings

@Suite("The sample configuration") struct SampleTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config")

  @Test(arguments: [
    ("rules", SampleConfiguration.rules), ("entities", SampleConfiguration.entities),
    ("topics", SampleConfiguration.topics),
  ])
  func `in the program is that of the folder`(name: String, text: String) throws {
    let file = Self.folder.appending(path: "sample/\(name).yaml")
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func `that init writes is the commented example; make embed puts it there`() throws {
    let file = Self.folder.appending(path: "tidings.yaml")
    #expect(try String(contentsOf: file, encoding: .utf8) == ExampleConfiguration.text)
  }

  @Test func `and the commented example load`() throws {
    let example = Self.folder.appending(path: "tidings.yaml").path
    #expect(try Installation.run(["check", "--config", example]).status == 0)
    let installation = try Installation("include: [\"\(Self.folder.path)/sample/*.yaml\"]\n")
    let outcome = try installation.run("check")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("7 rules"))
  }
}

@Suite("The demo") struct DemoTests {
  @Test func `raises its alerts from live polling, and its views fold anew to the same`() throws {
    let folder = try TemporaryFolder()
    let demo = try Installation.run(["demo", "--fast", "--keep", folder.path("demo")])
    #expect(demo.status == 0, "\(demo.errors)")
    for rule in [
      "quake", "rescue", "shipping", "state-visit", "china-us", "energy-prices", "floods",
    ] {
      #expect(demo.output.contains(rule), "\(rule) raised nothing")
    }
    #expect(!demo.output.contains("Simulasi") && !demo.output.contains("Flood drill"))
    let configuration = folder.path("demo/tidings.yaml")
    let check = try Installation.run(["rebuild", "--check", "--config", configuration])
    #expect(check.status == 0, "\(check.output)")
    let held = try Installation.run([
      "log", "cat", "--type", "alert.held", "--config", configuration,
    ])
    #expect(held.output.contains("\"hold\":\"cooldown\""))
    let revised = try Installation.run([
      "log", "cat", "--type", "article.revised", "--config", configuration,
    ])
    #expect(revised.output.contains("21 orang"))
  }
}
