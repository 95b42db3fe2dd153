import Foundation
import Glibc

/// A file system of a few mebibytes of its own.
public final class SmallDisk: Sendable {
  public enum Kind: Sendable {
    /// tmpfs: memory is taken only as it fills.
    case memory
    /// A file that holds an ext4: it puts off where blocks go, and has blocks of its own to find room for.
    case ext4
  }

  /// Where it is mounted.
  public let folder: TemporaryFolder
  /// Where an ext4 has its file.
  private let image: TemporaryFolder

  public init(_ kind: Kind = .memory, mebibytes: Int) throws {
    (folder, image) = (try TemporaryFolder(), try TemporaryFolder())
    switch kind {
    case .memory:
      let code = unsafe mount("tmpfs", folder.path(""), "tmpfs", 0, "size=\(mebibytes)m")
      guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM) }
    case .ext4:
      // None kept back for root, who runs this.
      let file = image.path("disk")
      try Self.run("/usr/sbin/mkfs.ext4", "-q", "-m", "0", file, "\(mebibytes)m")
      try Self.run("/usr/bin/mount", "-o", "loop", file, folder.path(""))
    }
  }

  deinit {
    unsafe umount2(folder.path(""), Int32(MNT_DETACH))
  }

  /// Whether this process may mount such a disk at all.
  public static func isPossible(_ kind: Kind) -> Bool {
    (try? SmallDisk(kind, mebibytes: 16)) != nil
  }

  /// Whether this process may mount memory at all.
  public static let isPossible = isPossible(.memory)

  private static func run(_ program: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw POSIXError(.EPERM) }
  }

  /// Takes `kibibytes` away until ``makeRoom()``.
  public func fill(kibibytes: Int) throws {
    guard try take(kibibytes << 10, at: 0) else { throw POSIXError(.ENOSPC) }
  }

  /// Takes all that is left but `kibibytes` away until ``makeRoom()``.
  public func fillUp(but kibibytes: Int = 0) throws {
    var status = Glibc.statvfs()
    guard unsafe statvfs(folder.path(""), &status) == 0 else { throw POSIXError(.EIO) }
    let all = Int(status.f_bavail * status.f_frsize) - kibibytes << 10
    // Less and less, for what is taken has to be written down somewhere.
    var (taken, step) = (0, all)
    while step >= 4_096, taken < all {
      if try take(step, at: taken) { taken += step } else { step /= 2 }
      step = min(step, all - taken)
    }
  }

  /// False where there is no room for so many bytes.
  private func take(_ bytes: Int, at offset: Int) throws -> Bool {
    let file = unsafe open(folder.path("filler"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    defer { close(file) }
    let code = posix_fallocate(file, off_t(offset), off_t(bytes))
    guard code == 0 || code == ENOSPC else {
      throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
    }
    return code == 0
  }

  public func makeRoom() throws {
    try FileManager.default.removeItem(atPath: folder.path("filler"))
  }
}
