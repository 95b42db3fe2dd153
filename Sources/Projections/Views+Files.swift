import FoundationEssentials
import GRDB
import Glibc

/// The files of views.
///
///     views.sqlite         what is read and folded into
///     views.sqlite.new     folded beside, not whole yet; goes on where it was broken off
///     views.sqlite.ready   folded beside and whole; takes the place of the first when the log's writer
///                          puts it there
///     views.sqlite.check   folded to be compared, then removed
extension Views {
  static let beside = (new: ".new", ready: ".ready", check: ".check")

  /// Removes the views in `file`, with what was folded beside them: no word of theirs stays.
  ///
  /// Nobody may have them open to fold.
  public static func remove(_ file: String) throws {
    for name in ["", beside.new, beside.ready, beside.check] { try removeDatabase(file + name) }
    // Or a power cut could bring them back, with words that were taken out meanwhile.
    try syncFolder(of: file)
  }

  /// Removes one database with its write-ahead log.
  static func removeDatabase(_ path: String) throws {
    try removeFiles([path])
    try removeLogs(of: path)
  }

  /// Removes what SQLite keeps beside a database; nobody may have anything in there.
  static func removeLogs(of path: String) throws {
    try removeFiles([path + "-wal", path + "-shm"])
  }

  /// Puts `made`, whole and closed, in the place of `file`; who reads the old one reads on.
  ///
  /// A log of writes that were meant for the old file must not meet the new one, so it is emptied into
  /// the old file and removed first.
  static func swap(_ made: String, for file: String) throws {
    // Of a file too damaged to be opened nothing can be read by others either.
    if let old = try? DatabaseQueue(path: file) {
      try? old.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      try? old.close()
    }
    try removeLogs(of: file)
    try rename(made, to: file)
  }

  /// Renames a file over another one; both names lead to a whole file at any moment.
  static func rename(_ old: String, to new: String) throws(ViewsError) {
    guard unsafe Glibc.rename(old, new) == 0 else { throw .unmoved(old, errno: errno) }
    try syncFolder(of: new)
  }

  /// Puts the names in a file's folder on the disk.
  private static func syncFolder(of file: String) throws(ViewsError) {
    let end = file.lastIndex(of: "/") ?? file.startIndex
    let folder = end == file.startIndex ? (file.hasPrefix("/") ? "/" : ".") : String(file[..<end])
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder that is not there holds no views.
    guard descriptor >= 0 || errno != ENOENT else { return }
    guard descriptor >= 0 else { throw .unmoved(folder, errno: errno) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .unmoved(folder, errno: errno) }
  }

  /// Brings all that was written into the file itself, synced, and empties the log of writes.
  func settle() throws {
    try database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  private static func removeFiles(_ paths: [String]) throws {
    for path in paths where FileManager.default.fileExists(atPath: path) {
      try FileManager.default.removeItem(atPath: path)
    }
  }

  // MARK: Settings

  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      guard !db.configuration.readonly else { return }
      // Indexes change pages all over the file: a log of 32 MB takes each page to the file once, not
      // after every transaction. What a daemon folds in a minute needs little cache; a rebuild, more.
      try db.execute(
        sql: """
          PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8192;
          PRAGMA cache_size = -4096;
          """)
    }
    configuration.busyMode = .timeout(5)
    return configuration
  }

  static var readOnly: Configuration {
    var configuration = configuration
    configuration.readonly = true
    return configuration
  }
}
