/// A file that the log holds open.
struct OpenFile: Hashable, Sendable {
  let descriptor: Int32
  /// For messages; the file may have been renamed since.
  let path: String
}

/// What the log asks of a file system, so that tests can play a disk that fails.
///
/// Each call throws `EventLogError.io` with the call, the path and the errno.
protocol Disk: Sendable {
  /// Opens `path`, made anew if `creates`; the file is the caller's to close.
  func open(_ path: String, creates: Bool) throws(EventLogError) -> OpenFile
  func close(_ file: OpenFile)
  /// Writes all of `bytes` at `offset`; a part of them may be there after an error.
  func write(_ bytes: [UInt8], to file: OpenFile, at offset: UInt64) throws(EventLogError)
  /// Up to `count` bytes from `offset`; fewer only at the end of the file.
  func read(_ file: OpenFile, at offset: UInt64, count: Int) throws(EventLogError) -> [UInt8]
  /// The first `count` bytes of the file as memory that other processes share; nil where the disk has no
  /// such thing, or cannot promise a block behind it. The file has these bytes already.
  func map(_ file: OpenFile, count: Int) throws(EventLogError) -> SharedMemory?
  /// Puts the file's bytes on the disk (fdatasync).
  func sync(_ file: OpenFile) throws(EventLogError)
  /// Puts a folder's names on the disk (fsync).
  func syncFolder(_ path: String) throws(EventLogError)
  func truncate(_ file: OpenFile, to size: UInt64) throws(EventLogError)
  func size(of file: OpenFile) throws(EventLogError) -> UInt64
  /// Names in a folder, sorted.
  func names(in folder: String) throws(EventLogError) -> [String]
  func rename(_ old: String, to new: String) throws(EventLogError)
  func remove(_ path: String) throws(EventLogError)
  func makeFolder(_ path: String) throws(EventLogError)
  /// Lets go of what memory holds of the file, so that a later read asks the disk; only a hint.
  func forget(_ file: OpenFile)
  /// Bytes an unprivileged process may still write where `path` lies.
  func free(at path: String) throws(EventLogError) -> UInt64
  /// Whether `path` lies on another machine's disk, whose locks and syncs nobody here can promise.
  func isRemote(_ path: String) throws(EventLogError) -> Bool
}

extension Disk {
  /// Makes `path` hold `bytes`, whole or not at all, over any crash: written and synced under another
  /// name, then renamed.
  func replace(_ path: String, with bytes: [UInt8], in folder: String) throws(EventLogError) {
    try make(path, bytes, isSynced: true)
    try syncFolder(folder)
  }

  /// Makes `path` hold `bytes`, which nobody needs after a crash: nothing waits for the disk.
  func replaceCache(_ path: String, with bytes: [UInt8]) throws(EventLogError) {
    try make(path, bytes, isSynced: false)
  }

  private func make(
    _ path: String, _ bytes: [UInt8], isSynced: Bool
  ) throws(EventLogError) {
    let made = path + ".tmp"
    let file = try open(made, creates: true)
    do {
      try truncate(file, to: 0)
      try write(bytes, to: file, at: 0)
      if isSynced { try sync(file) }
    } catch {
      close(file)
      try? remove(made)
      throw error
    }
    close(file)
    try rename(made, to: path)
  }

  /// The first of `stem.0`, `stem.1` and so on that `folder` does not have, as a path.
  func unusedPath(_ stem: String, in folder: String) throws(EventLogError) -> String {
    let names = Set(try names(in: folder))
    var number = 0
    while names.contains("\(stem).\(number)") { number += 1 }
    return "\(folder)/\(stem).\(number)"
  }

  /// All bytes of the file at `path`; nil where there is none.
  func contents(of path: String) throws(EventLogError) -> [UInt8]? {
    let file: OpenFile
    do {
      file = try open(path, creates: false)
    } catch {
      guard case .io(_, _, let code) = error, code == Errno.noEntry else { throw error }
      return nil
    }
    defer { close(file) }
    return try read(file, at: 0, count: Int(try size(of: file)))
  }
}
