public import FoundationEssentials

/// The log on the local disk: segments, one writer, any number of readers.
///
/// An actor on a thread of its own, so that a sync never holds up other tasks. Callers that arrive
/// while a sync runs wait at the thread and share the next one: group commit, without a timer.
public actor SegmentedLog: EventLog {
  /// What may be set otherwise, mostly by tests.
  public struct Options: Hashable, Sendable {
    /// Bytes after which a new segment begins.
    public var segmentSize: UInt64 = 64 << 20
    /// Bytes that stay free on the disk.
    public var floor: UInt64 = 256 << 20
    /// How often a reader in another process looks for more.
    public var pollInterval = Duration.milliseconds(200)

    public init() {}
  }

  struct Waiter {
    var result: Range<Position>
    var continuation: CheckedContinuation<Result<Range<Position>, EventLogError>, Never>
  }

  nonisolated private let executor = LogExecutor()
  nonisolated public var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  let folder: String
  let disk: any Disk
  nonisolated let options: Options
  /// Nil in a reader.
  private var lock: WriterLock?
  nonisolated let isWriter: Bool
  var segments: [Segment] = []
  var mark = Watermark()
  var markFile: Int32 = -1
  /// Durable: everything before it may be read.
  var durable: UInt64 = 1
  /// Time and header checksum of the last record gathered.
  var lastTime = Int64.min
  var chain: UInt32 = 0
  /// What every record from now on fails with.
  var ending: EventLogError?
  /// The batch being gathered: frames, records in it, who waits.
  var batchFrames: [Frame] = []
  var payloads: [[UInt8]] = []
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
  /// - Throws: `locked` while another process writes, `corrupt`, `newer`, `io`.
  public static func open(
    _ folder: String, options: Options = Options(), now: Date
  ) throws(EventLogError) -> SegmentedLog {
    try SegmentedLog(folder, LinuxDisk(), options, now, lock: true)
  }

  /// Opens a log to read what is durable, beside its writer or without one.
  public static func reader(
    _ folder: String, options: Options = Options()
  ) throws(EventLogError) -> SegmentedLog {
    try SegmentedLog(reading: folder, LinuxDisk(), options)
  }

  init(
    _ folder: String, _ disk: any Disk, _ options: Options, _ now: Date, lock: Bool
  ) throws(EventLogError) {
    try disk.makeFolder(folder)
    self.lock = lock ? try WriterLock(folder + "/LOCK") : nil
    isWriter = true
    (self.folder, self.disk, self.options) = (folder, disk, options)
    markFile = try disk.open(folder + "/durable", creates: true)
    var start = Watermark.latest(in: try disk.read(markFile, at: 0, count: Watermark.fileSize))
    var recovery = try Recovery(disk, folder, mark: start)
    try recovery.recoverLast()
    if recovery.segments.isEmpty {
      recovery.segments = [
        try Self.makeSegment(disk, folder, first: 1, log: .random(in: 1 ... .max), link: 0, now)
      ]
    }
    (segments, lastTime, chain) = (recovery.segments, recovery.time, recovery.headerCRC)
    durable = recovery.segments[recovery.segments.count - 1].next
    openedAt = Position(rawValue: durable - 1)
    start = Self.following(start ?? Watermark(), segments, time: lastTime, chain: chain)
    mark = start ?? Watermark()
    try Self.write(mark, to: markFile, disk, synced: true)
  }

  private init(
    reading folder: String, _ disk: any Disk, _ options: Options
  ) throws(EventLogError) {
    lock = nil
    isWriter = false
    (self.folder, self.disk, self.options) = (folder, disk, options)
    markFile = try disk.open(folder + "/durable", creates: false)
    var mark = Watermark()
    var segments: [Segment] = []
    try Self.follow(disk, folder, markFile, &mark, &segments)
    (self.mark, self.segments, durable) = (mark, segments, mark.last + 1)
  }

  public var end: Position {
    get async throws(EventLogError) {
      if !isWriter { try refresh() }
      return Position(rawValue: durable)
    }
  }

  /// Names the log: the same in all of its segments and copies.
  public var identity: UInt128 { segments.first?.header.log ?? 0 }

  /// Marks a clean stop, so that the next start need not read the last segment; then refuses all.
  public func close() throws(EventLogError) {
    guard ending == nil else { return }
    commit()
    if isWriter, ending == nil { try writeMark(isClean: true, synced: true) }
    ending = .closed
    for segment in segments { disk.close(segment.file) }
    disk.close(markFile)
    lock = nil
    wakeReaders()
  }

  /// Runs `work` on the log's thread after what waits there already.
  nonisolated func later(_ work: @escaping @Sendable (isolated SegmentedLog) -> Void) {
    executor.later { self.assumeIsolated { work($0) } }
  }
}
