import Core
import EventLog
import FoundationEssentials
import Projections

/// A copy of everything that cannot be made again, taken while the daemon runs or not.
///
/// The poll bookkeeping is copied before the log: validators are stored only once what they vouch for is in
/// the log, and a copy that had newer validators than facts would never ask for what it lacks.
struct Backup {
  let configuration: Configuration
  let folder: String

  /// What a backup did.
  struct Outcome {
    var copied = 0
    /// Sealed segments that an earlier backup had already.
    var kept = 0
    var bytes = 0
    var end = Position.origin
  }

  /// - Throws: `Failure` where the folder holds something else, another log's backup too; what the file system says.
  func take(_ progress: (Int, Int) -> Void) async throws -> Outcome {
    let log = try Reading.log(configuration.paths)
    try await check(log.identity)
    // Before the copy of yesterday is touched: rot must not take the place of what is still good.
    if let finding = try await log.verify({ _, _ in }).first { throw finding }
    try prepare()
    var manifest = Manifest()
    var outcome = Outcome()
    try copyState(&manifest)
    let snapshot = try await log.snapshot()
    outcome.end = snapshot.end
    for (number, file) in snapshot.files.enumerated() {
      try copy(file, &manifest, &outcome)
      progress(number + 1, snapshot.files.count)
    }
    try put(snapshot.watermark, "log/durable", &manifest)
    for file in ConfigurationFiles.sources(of: configuration.file) {
      let bytes = try read(file)
      try put(bytes, "configuration/" + Self.flat(file), &manifest)
    }
    try DurableFile.write(Array(manifest.text.utf8), to: folder + "/" + Manifest.name)
    return outcome
  }

  /// Refuses a folder that holds another log, whose only copy it may be.
  private func check(_ identity: UInt128) throws {
    let log = folder + "/log"
    guard FileManager.default.fileExists(atPath: log) else { return }
    guard try SegmentedLog.identities(in: log).subtracting([identity]).isEmpty else {
      throw Failure(folder, "holds the backup of another log", fix: "name an empty folder")
    }
  }

  /// An earlier backup may be brought up to date; any other folder must be empty.
  private func prepare() throws {
    let files = FileManager.default
    try files.createDirectory(atPath: folder + "/log", withIntermediateDirectories: true)
    try files.createDirectory(atPath: folder + "/configuration", withIntermediateDirectories: true)
    let known: Set = ["log", "configuration", "state.sqlite", Manifest.name]
    let others = try files.contentsOfDirectory(atPath: folder).filter { name in
      !known.contains { name.hasPrefix($0) }
    }
    guard others.isEmpty else {
      throw Failure(
        folder, "holds other files (\(others.sorted()[0]))", fix: "name an empty folder")
    }
    // While it is brought up to date it is no whole backup.
    if files.fileExists(atPath: folder + "/" + Manifest.name) {
      try files.removeItem(atPath: folder + "/" + Manifest.name)
    }
  }

  private func copyState(_ manifest: inout Manifest) throws {
    let copy = folder + "/state.sqlite"
    guard FileManager.default.fileExists(atPath: configuration.paths.state) else { return }
    try StateStore.copy(configuration.paths.state, to: copy)
    manifest.add("state.sqlite", try read(copy))
  }

  private func copy(
    _ file: LogSnapshot.File, _ manifest: inout Manifest, _ outcome: inout Outcome
  ) throws {
    let path = "log/" + file.name
    let source = configuration.paths.log + "/" + file.name
    let bytes = Array(try read(source).prefix(Int(file.length)))
    guard bytes.count == file.length else {
      throw Failure(source, "ends before its last record", fix: "run `tidings log verify`")
    }
    if file.isSealed, let old = FileManager.default.contents(atPath: folder + "/" + path),
      old.count == bytes.count, SHA256.hash([UInt8](old)) == SHA256.hash(bytes)
    {
      manifest.add(path, bytes)
      outcome.kept += 1
      return
    }
    try put(bytes, path, &manifest)
    outcome.copied += 1
    outcome.bytes += bytes.count
  }

  private func put(_ bytes: [UInt8], _ path: String, _ manifest: inout Manifest) throws {
    try DurableFile.write(bytes, to: folder + "/" + path)
    manifest.add(path, bytes)
  }

  private func read(_ path: String) throws -> [UInt8] { try DurableFile.read(path) }

  /// A file's path as one name.
  private static func flat(_ path: String) -> String {
    String(path.drop { $0 == "/" || $0 == "." }).replacing("/", with: "__")
  }
}
