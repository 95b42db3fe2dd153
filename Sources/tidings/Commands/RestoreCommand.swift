import ArgumentParser

/// Puts a backup back.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup into the empty data folder of the configuration, and verify it.",
    discussion: """
      The configuration is not replaced: the backup has it under configuration/. The views are made at the
      next start.
      Example: tidings restore /mnt/backup/tidings --config /etc/tidings/tidings.yaml
      """)

  @OptionGroup var options: ConfigurationOption

  @Argument(help: "The folder of the backup.")
  var folder: String

  func run() async throws {
    let progress = Progress("files")
    let records = try await Restore(backup: folder, paths: try options.read().paths).run {
      progress.report(UInt64($0), of: UInt64($1))
    }
    progress.end()
    Terminal.line("restored and verified: \(records) records; start with `tidings run`")
  }
}
