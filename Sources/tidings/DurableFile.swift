import FoundationEssentials
import Glibc

/// Files that are there whole or not at all, and on the disk when the call returns.
enum DurableFile {
  /// Writes under another name, syncs, renames, syncs the folder; `group` may read it where one is given.
  static func write(_ bytes: [UInt8], to path: String, group: gid_t? = nil) throws {
    let made = path + ".tmp"
    do {
      try make(made, bytes, group)
      guard unsafe rename(made, path) == 0 else { throw Failure.of(path, "rename") }
    } catch {
      unsafe unlink(made)
      throw error
    }
    try syncFolder(of: path)
  }

  /// Makes a file that everybody may read; one that is there stays as it is.
  static func create(_ bytes: [UInt8], at path: String) throws {
    let made = path + ".tmp"
    defer { unsafe unlink(made) }
    try make(made, bytes, nil, mode: 0o644)
    // Unlike rename(2) it fails where the name is taken.
    guard unsafe link(made, path) == 0 else {
      guard errno == EEXIST else { throw Failure.of(path, "link") }
      throw Failure(path, "is there already", fix: "edit it, or name another with --config")
    }
    try syncFolder(of: path)
  }

  private static func make(
    _ made: String, _ bytes: [UInt8], _ group: gid_t?, mode: mode_t = 0o640
  ) throws {
    let file = unsafe open(made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw Failure.of(made, "open") }
    defer { close(file) }
    if let group {
      guard fchown(file, uid_t.max, group) == 0, fchmod(file, 0o640) == 0 else {
        throw Failure.of(made, "fchown")
      }
    }
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress?.advanced(by: done), $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure.of(made, "write") }
      done += count
    }
    guard fsync(file) == 0 else { throw Failure.of(made, "fsync") }
  }

  /// All bytes of a file.
  static func read(_ path: String) throws -> [UInt8] {
    errno = 0
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Failure.of(path, "read")
    }
    return [UInt8](bytes)
  }

  private static func syncFolder(of path: String) throws {
    let folder = ConfigurationFiles.folder(of: path)
    let file = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw Failure.of(folder, "open") }
    defer { close(file) }
    guard fsync(file) == 0 else { throw Failure.of(folder, "fsync") }
  }
}
