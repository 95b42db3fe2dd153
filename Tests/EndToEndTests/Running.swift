import Foundation
import Glibc
import Synchronization

/// A process of the built binary; its output goes to files, so that no pipe can fill.
final class Running: Sendable {
  /// Stands beside the test bundle, wherever that is built.
  static let binary = URL(filePath: CommandLine.arguments[0])
    .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "tidings").path

  let pid: pid_t
  private let folder: URL
  private let usage = Mutex(0)

  /// Starts the binary, or where `binary` is nil what the arguments name.
  ///
  /// Standard error goes to the file given, else where ``errors`` reads it; `descriptors` are passed on from 3 on.
  init(
    _ arguments: [String], input: String = "", binary: String? = binary,
    errorsTo errors: String? = nil, passing descriptors: [Int32] = []
  ) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try input.write(to: folder.appending(path: "in"), atomically: true, encoding: .utf8)
    pid = try Self.spawn(
      (binary.map { [$0] } ?? []) + arguments, files: folder,
      errorsTo: errors ?? folder.appending(path: "err").path, passing: descriptors)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  var output: String { text("out") }
  var errors: String { text("err") }

  /// Returns once it has said `words` on standard error; looks, for a file cannot be waited for.
  func says(_ words: String) async throws {
    while !errors.contains(words) { try await Task.sleep(for: .milliseconds(20)) }
  }

  func signal(_ number: Int32) {
    kill(pid, number)
  }

  /// The most memory it ever had, once it was waited for.
  var peakKilobytes: Int { usage.withLock { $0 } }

  /// Its exit status, or minus the signal that ended it.
  @discardableResult
  func waitForEnd() -> Int32 {
    var status: Int32 = 0
    var used = rusage()
    while unsafe wait4(pid, &status, 0, &used) < 0 && errno == EINTR {}
    usage.withLock { $0 = used.ru_maxrss }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  private func text(_ name: String) -> String {
    let bytes = FileManager.default.contents(atPath: folder.appending(path: name).path) ?? Data()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Foundation's Process reaps on a thread of its own; a crash test wants the plain calls.
  private static func spawn(
    _ arguments: [String], files: URL, errorsTo errors: String, passing descriptors: [Int32]
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, path, flags) in [
      (0, files.appending(path: "in").path, O_RDONLY),
      (1, files.appending(path: "out").path, O_WRONLY | O_CREAT),
      (2, errors, O_WRONLY | O_CREAT),
    ] {
      unsafe posix_spawn_file_actions_addopen(&actions, Int32(number), path, flags, 0o600)
    }
    // Out of the way first: one may stand where another goes.
    let high = descriptors.map { fcntl($0, F_DUPFD_CLOEXEC, 100) }
    defer { high.forEach { close($0) } }
    for (place, descriptor) in high.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(3 + place))
    }
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var pid: pid_t = 0
    let code = unsafe posix_spawn(&pid, arguments[0], &actions, nil, &words, environ)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
    return pid
  }
}
