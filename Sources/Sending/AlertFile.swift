import Core
import Dispatch
public import FoundationEssentials
import Glibc

/// `alerts.jsonl`, the file that people tail: each line once, whole, whatever crash comes between.
///
/// The file is its own cursor: each line carries the position of its event, which names it together with its
/// alert, for a log that was put back from a backup gives positions anew. It is never truncated, for
/// `tail -F` would print all of it again; a torn last line is ended by a newline and written anew.
public actor AlertFile: Outlet {
  /// How many lines are read back to see what stands there already.
  public static let lookBack = 1_000

  private static let sync = "fdatasync"
  private static let cutWords =
    "was cut by somebody, and its readers may miss lines; have logrotate use create, not copytruncate"

  public nonisolated let name: String
  private let path: String
  private let rotateAt: Int
  private let keep: Int
  private let clock: @Sendable () -> Date
  private nonisolated let queue = FileQueue()
  private var file: Int32 = -1
  /// The last lines, in this file and those before it.
  private var written: Set<WrittenLine> = []
  /// Bytes behind our last write, or what was there when the file was opened.
  private var size = 0
  /// Whether somebody cut the file, and nobody was told yet.
  private var isCut = false

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe queue.asUnownedSerialExecutor()
  }

  /// The file at `path`, whose folder must be there.
  ///
  /// At `rotateAt` bytes it is renamed and begun anew; `keep` renamed files stay.
  public init(
    name: String, path: String, rotateAt: Int, keep: Int, clock: @escaping @Sendable () -> Date
  ) {
    (self.name, self.path) = (name, path)
    (self.rotateAt, self.keep, self.clock) = (rotateAt, keep, clock)
  }

  public func send(_ lines: [AlertLine]) async -> Outcome {
    do throws(AlertFileError) {
      try openIfNeeded()
      noteCut()
      let missing = lines.filter { !written.contains(WrittenLine($0)) }
      if !missing.isEmpty {
        try append(missing)
        note(missing)
      }
      guard isCut else { return .delivered(receipt: nil) }
      // They are there, and settled by the next attempt; whoever cuts the file must hear of it.
      isCut = false
      return .faulty("\(path): \(Self.cutWords)", after: nil)
    } catch {
      // The lines are in the log in any case, and this file is looked through again before the next.
      closeFile()
      let reason = "\(path): \(error)"
      return error.call == Self.sync
        ? .faulty(reason, after: nil) : .retry(reason, after: .seconds(10))
    }
  }

  /// What is looked back for was written last, so the lowest cursors may go.
  private func note(_ lines: [AlertLine]) {
    written.formUnion(lines.map(WrittenLine.init))
    guard written.count > 4 * Self.lookBack else { return }
    written = Set(written.sorted { $0.cursor < $1.cursor }.suffix(Self.lookBack))
  }

  // MARK: Opening

  private func openIfNeeded() throws(AlertFileError) {
    if file >= 0, !isInPlace { closeFile() }
    guard file < 0 else { return }
    file = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
    guard file >= 0 else { throw AlertFileError(call: "open", code: errno) }
    try rotated.syncFolder()
    written = []
    for older in rotated.newest(2) { written.formUnion(Self.lines(Self.tail(of: older))) }
    let tail = Self.tail(of: path)
    written.formUnion(Self.lines(tail))
    if let last = tail.last, last != 0x0A { try write([0x0A]) }
    size = fileSize
  }

  private var fileSize: Int {
    var status = stat()
    return unsafe fstat(file, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Sees whether somebody has cut the file, as `copytruncate` of logrotate does.
  ///
  /// What that lost is not written again: where the copy ends nobody can say, and a line that stands twice is worse.
  private func noteCut() {
    let size = fileSize
    if size < self.size { isCut = true }
    self.size = size
  }

  /// Whether the path still names the file that is open; it may have been renamed or removed.
  private var isInPlace: Bool {
    var here = stat()
    var there = stat()
    return unsafe fstat(file, &here) == 0 && stat(path, &there) == 0
      && here.st_ino == there.st_ino && here.st_dev == there.st_dev
  }

  private func closeFile() {
    if file >= 0 { close(file) }
    file = -1
  }

  /// The end of a file that holds its last lines.
  private static func tail(of path: String) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { return [] }
    var size = min(Int(status.st_size), 1 << 20)
    while true {
      let bytes = read(file, size, from: Int(status.st_size) - size)
      let lines = bytes.count { $0 == 0x0A }
      if lines > lookBack || size >= Int(status.st_size) { return bytes }
      size = min(size * 4, Int(status.st_size))
    }
  }

  private static func read(_ file: Int32, _ count: Int, from offset: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, unsafe pread(file, buffer.baseAddress, count, offset))
    }
  }

  /// The whole alert lines in `bytes`; a torn one counts if it reads as a line.
  private static func lines(_ bytes: [UInt8]) -> Set<WrittenLine> {
    Set(bytes.split(separator: 0x0A).suffix(lookBack).compactMap { WrittenLine(Array($0)) })
  }

  // MARK: Writing

  private func append(_ lines: [AlertLine]) throws(AlertFileError) {
    try rotateIfNeeded()
    var bytes: [UInt8] = []
    for line in lines { bytes += line.bytes + [0x0A] }
    try write(bytes)
    size = fileSize
    do throws(AlertFileError) {
      try syncFile()
    } catch {
      // What the kernel could not write it may forget: the next lines go where nothing is in doubt.
      try? setAside()
      throw error
    }
  }

  /// A device or a pipe has nothing to sync, and says so.
  private func syncFile() throws(AlertFileError) {
    guard fdatasync(file) == 0 || errno == EINVAL else {
      throw AlertFileError(call: Self.sync, code: errno)
    }
  }

  /// Whole lines in one call; a short write goes on with the rest of the same bytes.
  private func write(_ bytes: [UInt8]) throws(AlertFileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw AlertFileError(call: "write", code: errno) }
      rest = rest.dropFirst(count)
    }
  }

  // MARK: Rotation

  private func rotateIfNeeded() throws(AlertFileError) {
    guard fileSize >= rotateAt else { return }
    try syncFile()
    try setAside()
    try openIfNeeded()
  }

  /// Renames the file, so that another one is begun, and deletes the oldest of those that we renamed.
  private func setAside() throws(AlertFileError) {
    let stamp = Timestamp.text(clock()).filter { $0 != "-" && $0 != ":" }
    guard unsafe rename(path, rotated.free(stamp)) == 0 else {
      throw AlertFileError(call: "rename", code: errno)
    }
    for old in rotated.ours.dropLast(keep) { unsafe unlink(old) }
    closeFile()
  }

  private var rotated: RotatedFiles { RotatedFiles(of: path) }
}

/// A call on the file failed.
struct AlertFileError: Error, CustomStringConvertible {
  var call: String
  var code: Int32

  var description: String { "\(call) failed: \(unsafe String(cString: strerror(code)))" }
}

/// The thread that the file's blocking calls run on.
final class FileQueue: SerialExecutor {
  private let queue = DispatchQueue(label: "tidings.alerts")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
