/// What a person may have done to a log that nobody writes: words taken out, damage fenced in.
///
/// Holds the writer's lock as long as it lives.
public final class Maintenance: Sendable {
  let folder: String
  let disk: any Disk
  private let lock: WriterLock?
  /// Why a replacement that a crash left undone cannot be carried out.
  let undone: EventLogError?

  /// - Throws: `locked` while another process writes, `io`.
  public convenience init(_ folder: String) throws(EventLogError) {
    try self.init(folder, LinuxDisk(), locks: true)
  }

  init(_ folder: String, _ disk: any Disk, locks: Bool) throws(EventLogError) {
    (self.folder, self.disk) = (folder, disk)
    lock = locks ? try WriterLock(folder + "/LOCK") : nil
    // A later version's log is not ours to change, nor what it left to be done.
    _ = try SurveyedSegment.survey(folder, disk)
    var failure: EventLogError?
    do { try Replacement.finish(in: folder, disk) } catch { failure = error }
    undone = failure
    // Only a repair goes on from here.
    guard failure == nil else { return }
    try SegmentedLog.removeLeftovers(in: folder, disk)
  }

  // MARK: Redaction

  /// Takes the payloads of records out of their segments; that they were there, when, in which stream
  /// and of which kind stays.
  ///
  /// Positions, lengths and other records keep their bytes but for the chain. A backup still has the
  /// words, and so have views and outlets.
  ///
  /// - Throws: `refused` for a position that no sealed segment has: nothing was changed then.
  public func redact(_ positions: [Position]) throws(EventLogError) {
    if let undone { throw undone }
    let segments = try Recovery.segments(disk, folder)
    var wanted: [UInt64: Set<UInt64>] = [:]
    for sequence in positions.map(\.rawValue) {
      guard let segment = segments.dropLast().last(where: { $0.first <= sequence }),
        sequence < segment.next
      else { throw .refused(reason: "no sealed segment has a record at \(sequence)") }
      wanted[segment.first, default: []].insert(sequence)
    }
    for place in segments.indices {
      guard let sequences = wanted[segments[place].first] else { continue }
      // The one before may have given this one another link.
      let segment = try Recovery.segments(disk, folder)[place]
      try redact(sequences, in: segment, before: segments[place + 1])
    }
  }

  private func redact(
    _ sequences: Set<UInt64>, in segment: Segment, before next: Segment
  ) throws(EventLogError) {
    let file = try disk.open(folder + "/" + segment.name, creates: false)
    defer { disk.close(file) }
    var scan = SegmentScan(disk, file, limit: segment.end, from: .init(segment.header))
    var rewrite = SegmentRewrite(segment.header, after: .min)
    while var frame = try scan.next() {
      var payload = scan.payload
      if sequences.contains(frame.sequence) {
        frame.flags |= Frame.redacted
        payload = SegmentRewrite.redacted(payload)
      }
      rewrite.add(frame, payload)
    }
    if let fault = scan.fault {
      throw .corrupt(segment: segment.name, offset: scan.state.offset, reason: fault)
    }
    try replace(segment.name, by: rewrite, before: next)
  }

  func replace(
    _ name: String, by rewrite: SegmentRewrite, before next: Segment?
  ) throws(EventLogError) {
    var linked: (String, SegmentHeader)?
    if let next {
      var header = next.header
      header.link = rewrite.lastHeaderCRC
      linked = (next.name, header)
    }
    try Replacement(segment: name, next: linked).carryOut(rewrite.bytes, in: folder, disk)
  }
}
