import Core
import Foundation
import Testing

/// The page that teaches the language, read as a test: each row is a query, an article that it finds, and
/// one that it does not.
@Suite("The page of the language") struct LanguagePageTests {
  struct Row {
    var query: String
    var found: String
    var missed: String
  }

  @Test func `says what the program does`() throws {
    let page = try Self.page()
    let rows = page.split(separator: "\n").compactMap(Self.row)
    #expect(rows.count > 40)
    let vocabulary = try #require(Self.blocks(of: page).first)
    let installation = try Installation("feeds: []\n")
    try installation.write(vocabulary + "rules:\n" + Self.rules(rows), to: "page.yaml")
    let outcome = try Installation.run(
      ["match", "--rules", installation.path("page.yaml")], input: try Self.articles(rows))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let fired = try Set(
      outcome.output.split(separator: "\n").map { line in
        let value = try JSONValue(parsing: Array(line.utf8))
        return [value["rule"]?.string, value["article"]?.string]
      })
    for (number, row) in rows.enumerated() {
      #expect(fired.contains(["r\(number)", "found-\(number)"]), "\(row.query): \(row.found)")
      #expect(!fired.contains(["r\(number)", "missed-\(number)"]), "\(row.query): \(row.missed)")
    }
  }

  @Test func `has rules of other kinds whose tests pass`() throws {
    let blocks = try Self.blocks(of: Self.page()).dropFirst()
    let said = try blocks.map { block in
      let outcome = try Installation("page: none\nfeeds: []\n" + block).run("rules", "test")
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.output
    }
    #expect(said == ["5 tests passed\n", "3 tests passed\n"])
  }

  private static func page() throws -> String {
    try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Rules/Rules.docc/Language.md"), encoding: .utf8)
  }

  /// What stands between fences, as YAML.
  private static func blocks(of page: String) -> [Substring] {
    page.split(separator: "```yaml\n").dropFirst().compactMap { $0.split(separator: "```").first }
  }

  private static func row(_ line: Substring) -> Row? {
    let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count == 3, cells[0].hasPrefix("`"), cells[0].hasSuffix("`") else { return nil }
    return Row(query: String(cells[0].dropFirst().dropLast()), found: cells[1], missed: cells[2])
  }

  private static func rules(_ rows: [Row]) -> String {
    rows.enumerated().map { "  - id: r\($0)\n    match: |\n      \($1.query)\n" }.joined()
  }

  private static func articles(_ rows: [Row]) throws -> String {
    var lines = ""
    for (number, row) in rows.enumerated() {
      for (name, text) in [("found", row.found), ("missed", row.missed)] {
        let parts = text.components(separatedBy: " // ")
        let article = [
          "id": "\(name)-\(number)", "title": parts[0], "text": parts.dropFirst().last ?? "",
        ]
        lines += String(decoding: try JSONEncoder().encode(article), as: UTF8.self) + "\n"
      }
    }
    return lines
  }
}
