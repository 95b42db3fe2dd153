public import FoundationEssentials

/// The log on the local disk: segments, one writer, any number of readers.
///
/// An actor on a thread of its own, so that a sync never holds up other tasks. Callers that arrive
/// while a sync runs wait at the thread and share the next one: group commit, without a timer.
public actor SegmentedLog: EventLog {
  /// What may be set otherwise, mostly by tests.
  public struct Options: Hashable, Sendable {
    /// Bytes after which a new segment begins; at most a gibibyte.
    public var segmentSize: UInt64 = 64 << 20
    /// Bytes that stay free on the disk.
    public var floor: UInt64 = 256 << 20
    /// How often a reader in another process looks for more.
    public var pollInterval = Duration.milliseconds(200)
    /// How long the watermark may stay un-synced; whole seconds.
    public var watermarkDelay = Duration.seconds(1)
    /// Whether the folder may lie on another machine's disk.
    public var allowsRemoteDisk = false

    public init() {}
  }

  /// Told what is no error yet: a cache that could not be written.
  public typealias Warn = @Sendable (EventLogError) -> Void

  struct Waiter {
    var result: Range<Position>
    var continuation: CheckedContinuation<Result<Range<Position>, EventLogError>, Never>
  }

  nonisolated private let executor = LogExecutor()
  nonisolated public var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  nonisolated let folder: String
  nonisolated let disk: any Disk
  nonisolated let options: Options
  nonisolated let warn: Warn
  /// Nil in a reader.
  private var lock: WriterLock?
  nonisolated let isWriter: Bool
  /// Oldest first; a writer's last one is open for appending.
  var segments: [Segment] = []
  /// Those that were read last.
  var shelf = SegmentShelf()
  /// The last segment of a writer; nil in a reader.
  var active: OpenSegment?
  var mark = Watermark()
  nonisolated let markFile: WatermarkFile
  /// Durable: everything before it may be read.
  var durable: UInt64 = 1
  /// Time and header checksum of the last record gathered and committed.
  var lastTime = Int64.min
  var chain: UInt32 = 0
  /// What every append from now on fails with.
  var ending: EventLogError?
  /// Whether the files are closed: their descriptors may be another's by now.
  private(set) var isClosed = false
  /// What waits for the next commit, and who.
  var gathering = Batch()
  var waiters: [Waiter] = []
  /// Whether the last look at the disk found too little room.
  var isFull = false
  /// Last positions of the streams appended to since the log was opened.
  var lastOf: [StreamName: Position] = [:]
  var openedAt: Position = .origin
  /// Readers in this process that wait for more.
  var readers: [UInt64: CheckedContinuation<Void, Never>] = [:]
  var nextReader: UInt64 = 0

  /// Opens a log to write to, making it if it is not there, and recovers its last batch.
  ///
  /// - Throws: `locked` while another process writes, `corrupt`, `newer`, `full`, `io`, `refused` for a
  ///   folder on another machine's disk.
  public static func open(
    _ folder: String, options: Options = Options(), now: Date, warn: @escaping Warn = { _ in }
  ) throws(EventLogError) -> SegmentedLog {
    do {
      return try SegmentedLog(folder, LinuxDisk(), options, now, warn: warn, locks: true)
    } catch {
      throw noRoom(error, in: folder, LinuxDisk(), options) ?? error
    }
  }

  /// Opens a log to read what is durable, beside its writer or without one.
  public static func reader(
    _ folder: String, options: Options = Options()
  ) throws(EventLogError) -> SegmentedLog {
    try SegmentedLog(reading: folder, LinuxDisk(), options)
  }

  init(
    _ folder: String, _ disk: any Disk, _ options: Options, _ now: Date,
    warn: @escaping Warn = { _ in }, locks: Bool
  ) throws(EventLogError) {
    try Self.prepare(folder, disk, options)
    lock = locks ? try WriterLock(folder + "/LOCK") : nil
    isWriter = true
    (self.folder, self.disk, self.options, self.warn) = (folder, disk, options, warn)
    try Recovery.refuseNewer(disk, folder)
    try Replacement.finish(in: folder, disk)
    try Self.removeLeftovers(in: folder, disk)
    markFile = try WatermarkFile(writing: folder + "/durable", disk)
    // A life that ended between making a segment and syncing its name left a name that only looks durable.
    try disk.syncFolder(folder)
    let start = try markFile.read()
    let recovery = try Recovery(disk, folder, mark: start)
    segments = recovery.sealed
    if let last = recovery.last, let open = recovery.open {
      segments.append(last)
      active = open
    } else {
      // A new log's folder must not go with its records in it.
      try disk.syncFolder(folder + "/..")
      let (made, open) = try Self.makeSegment(
        disk, folder, first: 1, log: .random(in: 1 ... .max), link: 0, created: Self.micros(now))
      segments.append(made)
      active = open
    }
    (lastTime, chain) = (recovery.time, recovery.headerCRC)
    durable = segments[segments.count - 1].next
    openedAt = Position(rawValue: durable - 1)
    mark = (start ?? Watermark()).following(
      segments[segments.count - 1], time: lastTime, headerCRC: chain, isClean: false)
    try markFile.write(mark)
    try markFile.sync()
  }

  init(
    reading folder: String, _ disk: any Disk, _ options: Options
  ) throws(EventLogError) {
    lock = nil
    isWriter = false
    (self.folder, self.disk, self.options, warn) = (folder, disk, options, { _ in })
    markFile = try WatermarkFile(reading: folder + "/durable", disk)
    var mark = Watermark()
    var segments: [Segment] = []
    try Self.follow(disk, folder, markFile, &mark, &segments)
    (self.mark, self.segments, durable) = (mark, segments, mark.last + 1)
  }

  public var end: Position {
    get async throws(EventLogError) {
      try refresh()
      return Position(rawValue: durable)
    }
  }

  /// Names the log: the same in all of its segments and copies.
  public var identity: UInt128 { segments.first { $0.damage == nil }?.header.log ?? 0 }

  /// Marks a clean stop, so that the next start need not read the last segment; then refuses all.
  public func close() throws(EventLogError) {
    guard !isClosed else { return }
    commit()
    defer { letGo() }
    guard isWriter, ending == nil else { return }
    writeIndex()
    try writeMark(isClean: true)
    try markFile.sync()
  }

  private func letGo() {
    (ending, isClosed) = (.closed, true)
    shelf.clear(disk)
    if let active { disk.close(active.file) }
    active = nil
    markFile.close()
    lock = nil
    wakeReaders()
  }

  /// Runs `work` on the log's thread after what waits there already.
  nonisolated func later(_ work: @escaping @Sendable (isolated SegmentedLog) -> Void) {
    executor.later { self.assumeIsolated { work($0) } }
  }
}
