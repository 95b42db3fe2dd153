import Core
import EventLog
import FoundationEssentials

/// Puts a backup where the configuration says that the data lies.
struct Restore {
  let backup: String
  let paths: Paths

  /// - Returns: how many records the restored log holds.
  /// - Throws: `Failure` where the folder is not empty, a file is missing or not what the manifest says:
  ///   nothing is written then.
  func run(_ progress: (Int, Int) -> Void) async throws -> UInt64 {
    try checkTarget()
    let file = backup + "/" + Manifest.name
    guard let text = FileManager.default.contents(atPath: file) else {
      throw Failure(
        backup, "no \(Manifest.name), so no whole backup", fix: "name a folder of `tidings backup`")
    }
    let manifest = try Manifest(reading: String(decoding: text, as: UTF8.self), file: file)
    for entry in manifest.entries { _ = try read(entry) }
    try FileManager.default.createDirectory(atPath: paths.log, withIntermediateDirectories: true)
    let wanted = Self.ordered(manifest.entries.filter { !$0.path.hasPrefix("configuration/") })
    for (number, entry) in wanted.enumerated() {
      try DurableFile.write(try read(entry), to: paths.data + "/" + entry.path)
      progress(number + 1, wanted.count)
    }
    return try await verify()
  }

  /// First how far the log goes, last the bookkeeping of polls.
  ///
  /// So half a restore is refused as a log that has lost its end, and no validator stands for facts that are
  /// not there.
  private static func ordered(_ entries: [Manifest.Entry]) -> [Manifest.Entry] {
    func rank(_ entry: Manifest.Entry) -> Int {
      entry.path == "log/durable" ? 0 : entry.path.hasPrefix("log/") ? 1 : 2
    }
    return (0...2).flatMap { part in entries.filter { rank($0) == part } }
  }

  private func checkTarget() throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: paths.data)) ?? []
    guard names.isEmpty else {
      throw Failure(
        paths.data, "is not empty", fix: "move what is there away, then restore again")
    }
  }

  private func read(_ entry: Manifest.Entry) throws -> [UInt8] {
    let bytes = try DurableFile.read(backup + "/" + entry.path)
    guard SHA256.hex(bytes) == entry.digest else {
      throw Failure(
        backup + "/" + entry.path, "is not what the manifest says",
        fix: "take another copy of the backup", code: Exit.badData)
    }
    return bytes
  }

  /// Reads the whole log: checksums over the files say nothing of what was copied.
  private func verify() async throws -> UInt64 {
    let log = try SegmentedLog.reader(paths.log)
    if let finding = try await log.verify({ _, _ in }).first { throw finding }
    return try await log.statistics().records
  }
}
