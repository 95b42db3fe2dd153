import Foundation
import Support
import Testing

@testable import tidings

@Suite("The manual") struct ManualTests {
  @Test func `has a page for each command, the configuration and the language`() throws {
    let folder = try TemporaryFolder()
    let language = SampleTests.folder.deletingLastPathComponent()
      .appending(path: "Sources/Rules/Rules.docc/Language.md").path
    let outcome = try Installation.run(["manual", folder.path("."), "--language", language])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for command in CommandTests.all {
      let name = "tidings-" + command.replacing(" ", with: "-")
      let page = try String(contentsOfFile: folder.path("\(name).1"), encoding: .utf8)
      #expect(page.hasPrefix(".TH \"\(name.uppercased().replacing("-", with: "\\-"))\" \"1\" "))
      #expect(page.contains("\n.SH \"EXAMPLES\"\n"), "\(name)")
    }
    let configuration = try String(
      contentsOfFile: folder.path("tidings.yaml.5"), encoding: .utf8)
    #expect(configuration.contains("first_poll: 1h\n"))
    let rules = try String(contentsOfFile: folder.path("tidings.7"), encoding: .utf8)
    #expect(rules.contains(".SH \"NEAR EACH OTHER\"\n"))
    #expect(
      rules.contains(".TP\n\\fBpukul\\(tiid\\fR\nfound: Dua pria memukul wartawan; not found: "))
  }

  @Test func `lets no text become an order to the formatter`() {
    var roff = Roff("x", section: 1)
    roff.code([".so /etc/passwd", "'br", "a\\fBb -x"])
    #expect(roff.text.hasSuffix("\\&.so /etc/passwd\n\\&'br\na\\efBb \\-x\n.RE\n.fi\n"))
  }

  @Test func `reads what documents are written with`() {
    let document =
      "# A title\n\nOne `word` of\ntwo lines.\n\n## Part\n\n    code -x\n\n| a | b |\n|---|---|\n| `x` | y |\n"
    #expect(
      MarkdownPage.text(document, name: "n", section: 7).split(separator: "\n").dropFirst() == [
        ".SH \"NAME\"", ".PP", "n \\- a title", ".SH \"DESCRIPTION\"", ".PP",
        "One \\fBword\\fR of two lines.", ".SH \"PART\"", ".PP", ".nf", ".RS 2", "code \\-x", ".RE",
        ".fi", ".TP", "\\fBx\\fR", "y",
      ])
  }
}
