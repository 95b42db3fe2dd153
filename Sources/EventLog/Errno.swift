import Glibc

/// The system's error numbers: their words, and what the log tells apart.
enum Errno {
  static let noEntry = ENOENT
  /// What a disk answers that cannot get at a sector.
  static let unreadable = EIO

  static func name(_ code: Int32) -> String {
    unsafe String(cString: strerror(code))
  }

  /// No room, for whatever reason: the disk, a quota, a limit on the size of files.
  static func isFull(_ code: Int32) -> Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }
}
