import ArgumentParser
import Core
import FoundationEssentials

/// Writes the pages of the manual; packages are made with it.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Write the pages of the manual into a folder.",
    discussion: """
      One page for each command, tidings.yaml(5) and, from its document, tidings(7).
      Example: tidings manual /tmp/man --language Sources/Rules/Rules.docc/Language.md
      """,
    shouldDisplay: false)

  @Argument(help: "The folder; it must be there.")
  var folder: String

  @Option(help: "The document on the language of rules.")
  var language: String?

  func run() throws {
    let help = try JSONValue(parsing: Array(Tidings._dumpHelp().utf8))
    guard let root = help["command"] else { preconditionFailure("help without a command") }
    for page in CommandPage.all(root) { try write(page.text, to: "\(page.file).1") }
    try write(Self.configurationPage, to: "tidings.yaml.5")
    guard let language else { return }
    let document = String(decoding: try DurableFile.read(language), as: UTF8.self)
    try write(MarkdownPage.text(document, name: "tidings", section: 7), to: "tidings.7")
  }

  private func write(_ text: String, to name: String) throws {
    try DurableFile.write(Array(text.utf8), to: "\(folder)/\(name)")
  }

  /// The commented configuration is its own manual.
  static var configurationPage: String {
    var roff = Roff("tidings.yaml", section: 5)
    roff.heading("Name")
    roff.paragraph([.plain("tidings.yaml - configuration of the news watcher Tidings")])
    roff.heading("Description")
    roff.paragraph([
      .plain("A file in YAML. "), .literal("tidings init"),
      .plain(" writes it as it stands below, "),
      .literal("tidings check"), .plain(" tells every fault at once, with place and remedy, and "),
      .literal("systemctl reload tidings"), .plain(" puts a changed one in force, all or nothing."),
    ])
    roff.heading("Options")
    roff.code(
      ExampleConfiguration.text.split(separator: "\n", omittingEmptySubsequences: false).map(
        String.init))
    roff.heading("Files")
    for (file, words) in [
      ("/etc/tidings/tidings.yaml", "read where none is named and no ./tidings.yaml is there"),
      ("/etc/tidings/credentials/", "secrets that systemd hands out (LoadCredential=)"),
      ("/var/lib/tidings/", "the service's log and views"),
      ("/var/log/tidings/alerts.jsonl", "the service's alerts, one JSON line each"),
    ] { roff.entry([.literal(file)], [.plain(words)]) }
    roff.heading("See also")
    roff.paragraph([.literal("tidings"), .plain("(1), "), .literal("tidings"), .plain("(7)")])
    return roff.text
  }
}
