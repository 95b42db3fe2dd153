import ArgumentParser
import EventLog

/// Copies what cannot be made again.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy log, poll bookkeeping and configuration, while the daemon runs or not.",
    discussion: """
      The folder is made, or an earlier backup in it is brought up to date: sealed segments are copied once.
      MANIFEST holds the SHA-256 of each file; `sha256sum -c MANIFEST` checks them. Keep a copy of it
      elsewhere. Views are not copied: they can be made again.
      Example: tidings backup /mnt/backup/tidings
      """)

  @OptionGroup var options: ConfigurationOption

  @Argument(help: "The folder of the backup.")
  var folder: String

  func run() async throws {
    let configuration = try options.read()
    let progress = Progress("segments")
    let outcome = try await Backup(configuration: configuration, folder: folder).take {
      progress.report(UInt64($0), of: UInt64($1))
    }
    progress.end()
    Terminal.line(
      "\(outcome.end.rawValue - 1) records; \(outcome.copied) segments copied (\(outcome.bytes) bytes), "
        + "\(outcome.kept) there already")
  }
}
