/// What the log asks of a file system: twelve calls, so that tests can play a disk that fails.
///
/// Each throws `EventLogError.io` with the call, the path and the errno.
protocol Disk: Sendable {
  /// Opens `path`, made anew if `creates`; the descriptor is the caller's to close.
  func open(_ path: String, creates: Bool) throws(EventLogError) -> Int32
  func close(_ file: Int32)
  /// Writes all of `bytes` at `offset`; a part of them may be there after an error.
  func write(_ bytes: [UInt8], to file: Int32, at offset: UInt64) throws(EventLogError)
  /// Up to `count` bytes from `offset`; fewer only at the end of the file.
  func read(_ file: Int32, at offset: UInt64, count: Int) throws(EventLogError) -> [UInt8]
  /// Puts the file's bytes on the disk (fdatasync).
  func sync(_ file: Int32) throws(EventLogError)
  func syncFolder(_ path: String) throws(EventLogError)
  func truncate(_ file: Int32, to size: UInt64) throws(EventLogError)
  func size(of file: Int32) throws(EventLogError) -> UInt64
  /// Names in a folder, sorted.
  func names(in folder: String) throws(EventLogError) -> [String]
  func rename(_ old: String, to new: String) throws(EventLogError)
  func makeFolder(_ path: String) throws(EventLogError)
  /// Bytes an unprivileged process may still write where `path` lies.
  func free(at path: String) throws(EventLogError) -> UInt64
}
