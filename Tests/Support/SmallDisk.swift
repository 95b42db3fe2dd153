import Foundation
import Glibc

/// A file system of a few mebibytes of its own, of which memory is taken only as it fills.
public final class SmallDisk: Sendable {
  /// Where it is mounted.
  public let folder: TemporaryFolder

  public init(mebibytes: Int) throws {
    folder = try TemporaryFolder()
    let code = unsafe mount("tmpfs", folder.path(""), "tmpfs", 0, "size=\(mebibytes)m")
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM) }
  }

  deinit {
    unsafe umount2(folder.path(""), Int32(MNT_DETACH))
  }

  /// Whether this process may mount at all.
  public static let isPossible = (try? SmallDisk(mebibytes: 1)) != nil

  /// Takes `kibibytes` away until ``makeRoom()``.
  public func fill(kibibytes: Int) throws {
    let file = unsafe open(folder.path("filler"), O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    guard posix_fallocate(file, 0, kibibytes << 10) == 0 else { throw POSIXError(.ENOSPC) }
  }

  /// Takes all that is left away until ``makeRoom()``.
  public func fillUp() throws {
    var status = Glibc.statvfs()
    guard unsafe statvfs(folder.path(""), &status) == 0 else { throw POSIXError(.EIO) }
    try fill(kibibytes: Int(status.f_bavail * status.f_frsize) >> 10)
  }

  public func makeRoom() throws {
    try FileManager.default.removeItem(atPath: folder.path("filler"))
  }
}
