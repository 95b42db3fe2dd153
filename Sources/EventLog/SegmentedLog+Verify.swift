public import FoundationEssentials

/// How large a log is.
public struct LogStatistics: Hashable, Sendable {
  public var segments: Int
  public var bytes: UInt64
  public var records: UInt64
  public var first: Date?
  public var last: Date?
}

extension SegmentedLog {
  /// Reads every record of every segment and holds it against checksums and chain.
  ///
  /// `progress` is told the bytes read so far and in all.
  ///
  /// - Throws: `corrupt` with segment, byte and reason, at the first that does not fit.
  public func verify(
    _ progress: @Sendable (_ done: UInt64, _ all: UInt64) -> Void
  ) throws(EventLogError) {
    if !isWriter { try refresh() }
    let all = segments.reduce(0) { $0 + $1.end }
    var done: UInt64 = 0
    var (link, time) = (UInt32(0), Int64.min)
    for segment in segments {
      guard segment.header.link == link else {
        throw .corrupt(
          segment: segment.name, offset: 48, reason: "does not follow on the one before")
      }
      let scan = try verify(segment, after: time)
      (link, time) = (scan.state.chain ?? link, scan.state.time)
      done += segment.end
      progress(done, all)
    }
  }

  private func verify(
    _ segment: Segment, after time: Int64
  ) throws(EventLogError) -> SegmentScan {
    let start = SegmentScan.State(
      offset: UInt64(SegmentHeader.size), sequence: segment.header.first, time: time, chain: 0)
    var scan = SegmentScan(disk, segment.file, limit: segment.end, from: start)
    while try scan.next() != nil {}
    if let fault = scan.fault {
      throw .corrupt(segment: segment.name, offset: scan.state.offset, reason: fault)
    }
    guard scan.good.offset == segment.end, scan.good.sequence == segment.next else {
      throw .corrupt(segment: segment.name, offset: scan.good.offset, reason: "the end is missing")
    }
    return scan
  }

  /// Size and span of the log, up to its durable end.
  public func statistics() async throws(EventLogError) -> LogStatistics {
    if !isWriter { try refresh() }
    let bytes = segments.reduce(0) { $0 + $1.end }
    let last =
      durable > 1 ? try await read(from: Position(rawValue: durable - 1), limit: 1).first : nil
    let first = try await read(from: .origin, limit: 1).first
    return LogStatistics(
      segments: segments.count, bytes: bytes, records: durable - 1,
      first: first?.recordedAt, last: last?.recordedAt)
  }
}
