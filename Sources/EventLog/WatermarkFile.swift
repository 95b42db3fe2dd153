import Dispatch
import Synchronization

/// The file `durable`: written after each commit, put on the disk a little later.
///
/// A cache as far as promises go: readers need it now, and only a disk that lied is found by what a
/// power cut leaves of it. So it is synced on a thread of its own, and appends never wait for it. Where
/// it can be it is written as memory: each pwrite(2) changes the file's time, which the next sync of the
/// log would have to carry to the disk too, a fifth of its time.
final class WatermarkFile: Sendable {
  private let disk: any Disk
  private let file: OpenFile
  private let memory: SharedMemory?
  private let queue = DispatchQueue(label: "tidings.log.watermark")
  private let isDue = Mutex(false)
  private let isClosed = Mutex(false)

  /// To be written, and made if it is not there.
  init(writing path: String, _ disk: any Disk) throws(EventLogError) {
    self.disk = disk
    file = try disk.open(path, creates: true)
    // Memory without a block behind it would end the program when the disk is full.
    let size = min(Int(try disk.size(of: file)), Watermark.fileSize)
    if size < Watermark.fileSize {
      // Behind its end only: a slot may stand before it.
      try disk.write(
        [UInt8](repeating: 0, count: Watermark.fileSize - size), to: file, at: UInt64(size))
      try disk.sync(file)
    }
    try Self.mend(file, disk)
    memory = try disk.map(file, count: Watermark.fileSize)
  }

  /// Writes a page anew that the disk cannot read: a store to such memory would end the program.
  ///
  /// The other slot is no older than one batch.
  private static func mend(_ file: OpenFile, _ disk: any Disk) throws(EventLogError) {
    for slot in Watermark.slots {
      do {
        _ = try disk.read(file, at: UInt64(slot), count: Watermark.pageSize)
      } catch {
        guard error.isUnreadable else { throw error }
        try disk.write(
          [UInt8](repeating: 0, count: Watermark.pageSize), to: file, at: UInt64(slot))
        try disk.sync(file)
      }
    }
  }

  /// To be read.
  init(reading path: String, _ disk: any Disk) throws(EventLogError) {
    (self.disk, memory) = (disk, nil)
    file = try disk.open(path, creates: false)
  }

  /// The newest mark; nil where no slot holds one.
  ///
  /// While a slot is copied a quick writer may be at it, so that only the other, older one is whole: what is
  /// older than `known` is looked at again.
  ///
  /// - Throws: `io` where no slot can be read.
  func read(notBefore known: UInt64 = 0) throws(EventLogError) -> Watermark? {
    var newest: Watermark?
    for _ in 0..<Limits.watermarkReads {
      newest = try Watermark.latest(in: file, disk)
      if let newest, newest.generation >= known { return newest }
    }
    return newest
  }

  /// Writes the slot of `mark`'s generation; always after the log's own sync.
  func write(_ mark: Watermark) throws(EventLogError) {
    // Storing behind the end of a file that somebody cut off would end the program.
    if let memory, try disk.size(of: file) >= UInt64(Watermark.fileSize) {
      return memory.store(mark.bytes, at: mark.slot)
    }
    try disk.write(mark.bytes, to: file, at: UInt64(mark.slot))
  }

  func sync() throws(EventLogError) {
    try disk.sync(file)
  }

  /// Syncs once `delay` is over, with all that was written until then.
  func syncLater(_ delay: Duration, failed: @escaping @Sendable (EventLogError) -> Void) {
    let isFirst = isDue.withLock { due in
      defer { due = true }
      return !due
    }
    guard isFirst else { return }
    let milliseconds = Int(delay.components.seconds) * 1_000
    queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
      isDue.withLock { $0 = false }
      guard isClosed.withLock({ !$0 }) else { return }
      do throws(EventLogError) { try sync() } catch { failed(error) }
    }
  }

  /// Closes the file, behind a sync that runs.
  func close() {
    queue.sync {
      isClosed.withLock { $0 = true }
      memory?.unmap()
      disk.close(file)
    }
  }
}
