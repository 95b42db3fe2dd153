import ArgumentParser
import Core
import FoundationEssentials

/// Writes a first configuration.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented configuration with every option and its default.",
    discussion: """
      Writes ./tidings.yaml, or the file that --config names; one that is there is never touched. It asks
      nothing: log and alerts lie beside the file; below /etc they lie where the service keeps them, and
      alerts go to the journal too.
      Example: tidings init
      Example: tidings init --config /etc/tidings/tidings.yaml
      """)

  @Option(name: .customLong("config"), help: "The file to write.")
  var file = "tidings.yaml"

  @Flag(help: "Write what the service wants, wherever the file lies.")
  var service = false

  func run() throws {
    try FileManager.default.createDirectory(
      atPath: ConfigurationFiles.folder(of: file), withIntermediateDirectories: true)
    let isService = service || file.hasPrefix("/etc/")
    try DurableFile.create(Array(Self.text(isService: isService).utf8), at: file)
    Terminal.line(
      """
      \(file): written; now
        tidings feeds add URL    prints the lines of a feed, to put there in place of []
        tidings check            tells what is wrong with the file
        tidings run              watches, in the foreground
        tidings tail -f          shows alerts as they come
      """)
  }

  /// The commented configuration, for a folder of its own or for the service.
  static func text(isService: Bool) -> String {
    guard isService else { return ExampleConfiguration.text }
    return ExampleConfiguration.text
      .replacing("# data: ./data\n", with: "data: /var/lib/tidings\n")
      .replacing(
        "# alerts: ./alerts.jsonl\n", with: "alerts: /var/log/tidings/alerts.jsonl\n"
      )
      .replacing(
        "# defaults: {severity: info, outlets: [file], mode: live, backlog: false}\n",
        with: "defaults: {severity: info, outlets: [file, journal], mode: live, backlog: false}\n"
      )
      .replacing("# outlets:\n", with: "outlets:\n  journal: {kind: journald}\n")
  }
}
