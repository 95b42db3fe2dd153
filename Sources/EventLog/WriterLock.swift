import Glibc

/// The claim to be a log's only writer: flock(2) on `LOCK`, which holds the writer's pid.
///
/// The kernel gives it back when the process ends, however it ends.
final class WriterLock: Sendable {
  private let file: Int32

  /// - Throws: `locked` with the pid of the process that has it.
  init(_ path: String) throws(EventLogError) {
    file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    guard file >= 0 else { throw .io(call: "open", path: path, errno: errno) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      // Closed by deinit, as everything is set.
      let code = errno
      guard code == EWOULDBLOCK else { throw .io(call: "flock", path: path, errno: code) }
      throw .locked(path: path, by: Self.holder(file))
    }
    let pid = Array("\(getpid())\n".utf8)
    guard ftruncate(file, 0) == 0, unsafe pwrite(file, pid, pid.count, 0) == pid.count else {
      throw .io(call: "pwrite", path: path, errno: errno)
    }
  }

  deinit {
    close(file)
  }

  private static func holder(_ file: Int32) -> Int32 {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = unsafe pread(file, &bytes, bytes.count, 0)
    let digits = bytes.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
    return Int32(String(decoding: digits, as: UTF8.self)) ?? 0
  }
}
