/// Reads a file around the sectors that its disk cannot read any more.
///
/// The kernel refuses a whole request for one bad page, so a piece that fails is halved until what fails
/// is a page.
struct Salvage {
  /// The whole file, with zeros where the disk gave nothing.
  private(set) var bytes: [UInt8] = []
  private let disk: any Disk
  private let file: OpenFile

  /// - Throws: `io` for anything but EIO from a read.
  init(_ file: OpenFile, _ disk: any Disk) throws(EventLogError) {
    (self.file, self.disk) = (file, disk)
    let size = Int(try disk.size(of: file))
    bytes.reserveCapacity(size)
    for start in stride(from: 0, to: size, by: Limits.scanBytes) {
      try take(min(Limits.scanBytes, size - start))
    }
  }

  /// Adds the next `count` bytes.
  private mutating func take(_ count: Int) throws(EventLogError) {
    do {
      bytes += try disk.read(file, at: UInt64(bytes.count), count: count)
    } catch {
      guard error.isUnreadable else { throw error }
      guard count > Limits.salvageBytes else {
        bytes += [UInt8](repeating: 0, count: count)
        return
      }
      let pages = (count + Limits.salvageBytes - 1) / Limits.salvageBytes
      let half = (pages / 2) * Limits.salvageBytes
      try take(half)
      try take(count - half)
    }
  }
}

extension EventLogError {
  /// Whether the disk could not get at what was asked for; other places may be readable.
  var isUnreadable: Bool {
    if case .io("pread", _, Errno.unreadable) = self { true } else { false }
  }
}
