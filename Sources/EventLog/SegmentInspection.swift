/// Reads every record of one segment and holds it against checksums and chain.
struct SegmentInspection {
  let segment: Segment
  let folder: String
  let disk: any Disk

  init(_ segment: Segment, in folder: String, _ disk: any Disk) {
    (self.segment, self.folder, self.disk) = (segment, folder, disk)
  }

  /// The index of a segment that is good to its end, read at full speed.
  ///
  /// - Throws: `corrupt` with segment, byte and reason, at the first record that does not fit.
  func index(after time: Int64 = .min) throws(EventLogError) -> SegmentIndex {
    let file = try disk.open(folder + "/" + segment.name, creates: false)
    defer { disk.close(file) }
    var scan = SegmentScan(
      disk, file, limit: segment.end, from: .init(segment.header, after: time))
    var index = SegmentIndex(segment.header)
    while let frame = try scan.next() { index.note(frame) }
    try check(scan)
    return index
  }

  /// The same at `pace` bytes a second, leaving nothing of it in memory; ends early when cancelled.
  func index(
    pace: UInt64, isolation: isolated (any Actor)? = #isolation
  ) async throws(EventLogError) -> SegmentIndex {
    let file = try disk.open(folder + "/" + segment.name, creates: false)
    defer { disk.close(file) }
    var scan = SegmentScan(disk, file, limit: segment.end, from: .init(segment.header))
    var index = SegmentIndex(segment.header)
    var rest = UInt64(Limits.scanBytes)
    while let frame = try scan.next() {
      index.note(frame)
      guard scan.state.offset >= rest else { continue }
      rest += UInt64(Limits.scanBytes)
      disk.forget(file)
      do { try await Task.sleep(for: Self.pause(at: pace)) } catch { return index }
    }
    disk.forget(file)
    try check(scan)
    return index
  }

  /// The pause after each `Limits.scanBytes`, which by itself keeps to `pace` bytes a second.
  static func pause(at pace: UInt64) -> Duration {
    .seconds(1) * Limits.scanBytes / Int(max(1, pace))
  }

  /// Holds what a scan came to against what the segment should have.
  private func check(_ scan: SegmentScan) throws(EventLogError) {
    if let fault = scan.fault {
      throw .corrupt(segment: segment.name, offset: scan.state.offset, reason: fault)
    }
    guard scan.good.offset == segment.end, scan.good.sequence == segment.next else {
      throw .corrupt(
        segment: segment.name, offset: scan.good.offset,
        reason: "ends with record \(scan.good.sequence - 1) where \(segment.next - 1) belongs")
    }
  }
}
