import Core
import Foundation
import Support
import Testing

@testable import Serving
@testable import tidings

@Suite("What is deployed") struct DeployTests {
  static let folder = SampleTests.folder.deletingLastPathComponent().appending(path: "Deploy")

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// The names in a text that look like figures of ours.
  static func names(in text: String) -> Set<String> {
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
    return Set(
      words.map(String.init).filter { $0.hasPrefix("tidings_") || $0.hasPrefix("process_") })
  }

  @Test(arguments: ["grafana.json", "alerts.rules.yml"])
  func `asks for figures that exist`(file: String) throws {
    let known = Set(Metric.allCases.flatMap(\.series))
    let names = try Self.names(in: Self.text(file))
    #expect(names.count > 5)
    #expect(names.subtracting(known) == [])
  }

  @Test func `holds a dashboard that is JSON, and rules that are YAML, each with a reason`() throws
  {
    let dashboard = try JSONValue(parsing: Array(Self.text("grafana.json").utf8))
    let panels = try #require(dashboard["panels"]?.array)
    #expect(Set(panels.compactMap { $0["id"]?.number }).count == panels.count)
    let rules = try YAML.node(of: Self.text("alerts.rules.yml"), file: "alerts.rules.yml")
    let list = try #require(rules["groups"]?.list?.first?["rules"]?.list)
    for rule in list {
      #expect(rule["alert"]?.text != nil && rule["expr"]?.text != nil)
      #expect(rule["annotations"]?["summary"]?.text != nil, "\(rule.place)")
    }
  }

  @Test func `has the page's socket where the page is`() throws {
    let address = try #require(
      ExampleConfiguration.text.firstMatch(of: /# page: (.*)/).map { String($0.1) })
    #expect(try Self.text("tidings.socket").contains("\nListenStream=\(address)\n"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
  func `is shut in as far as it can be`() throws {
    for unit in ["tidings.service", "tidings-backup.service"] {
      let file = Self.folder.appending(path: unit).path
      let analysis = try Running(
        ["/usr/bin/systemd-analyze", "security", "--offline=true", "--threshold=12", file],
        binary: nil)
      #expect(
        analysis.waitForEnd() == 0, "\(unit): \(analysis.output.suffix(200))\(analysis.errors)")
    }
  }
}
