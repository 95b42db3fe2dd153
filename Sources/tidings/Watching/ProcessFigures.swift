import FoundationEssentials
import Glibc

/// What the process takes of the machine.
struct ProcessFigures: Hashable, Sendable {
  /// Seconds, in the program and in the kernel for it.
  var cpu: Double
  var residentBytes: Int
  var openFiles: Int
  var fileLimit: Double

  /// As it is now; of `/proc` only `/proc/self` is there under the unit (`ProcSubset=pid`).
  static func now() -> ProcessFigures {
    var used = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
    var limit = rlimit()
    _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let pages = text("/proc/self/statm").split(separator: " ").dropFirst().first
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return ProcessFigures(
      cpu: seconds(used.ru_utime) + seconds(used.ru_stime),
      residentBytes: (pages.flatMap { Int($0) } ?? 0) * sysconf(Int32(_SC_PAGESIZE)),
      // The listing itself holds one.
      openFiles: max(0, files.count - 1), fileLimit: Double(limit.rlim_cur))
  }

  /// Bytes free to the process, and in all, of the disk that `path` lies on; nil where that cannot be told.
  static func disk(_ path: String) -> (free: Double, size: Double)? {
    var status = Glibc.statvfs()
    guard unsafe statvfs(path, &status) == 0 else { return nil }
    let block = Double(status.f_frsize)
    return (Double(status.f_bavail) * block, Double(status.f_blocks) * block)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  /// A file of `/proc` tells no size, so it is read to its end.
  private static func text(_ path: String) -> String {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
