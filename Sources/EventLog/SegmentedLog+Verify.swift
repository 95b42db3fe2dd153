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
  /// It has files and a thread of its own, so appends go on beside it. `progress` is told the bytes read
  /// so far and in all, after each segment.
  ///
  /// - Returns: what does not fit, `corrupt`, or cannot be read, `io`, at most one finding a segment; empty
  ///   for a log that is whole.
  /// - Throws: `closed`, `io` where the log itself cannot be followed.
  nonisolated public func verify(
    _ progress: @Sendable (_ done: UInt64, _ all: UInt64) -> Void
  ) async throws(EventLogError) -> [EventLogError] {
    let segments = try await current()
    let all = segments.reduce(0) { $0 + $1.end }
    let inspector = Inspector(folder, disk)
    var findings: [EventLogError] = []
    var done: UInt64 = 0
    // Nothing takes the beginning of a log away but loss.
    var before: SegmentIndex? = SegmentIndex(SegmentHeader(first: 1, log: 0, created: 0, link: 0))
    for segment in segments {
      do throws(EventLogError) {
        if let damage = segment.damage { throw damage }
        if let before { try inspector.check(segment, follows: before) }
        before = try await inspector.inspect(segment, after: before?.reached.time)
      } catch {
        findings.append(try Self.finding(error))
        before = nil
      }
      done += segment.end
      progress(done, all)
    }
    return findings
  }

  /// Reads one sealed segment slowly, for rot that nobody has read yet.
  ///
  /// - Parameters:
  ///   - sequence: it is the first segment that begins behind this one; 0 for the first of all.
  ///   - pace: bytes a second.
  /// - Returns: where to go on, and what did not fit, `corrupt`, or could not be read, `io`; nil where no
  ///   sealed segment is left.
  /// - Throws: `closed`, `io` where the log itself cannot be followed.
  nonisolated public func scrub(
    after sequence: UInt64, pace: UInt64
  ) async throws(EventLogError) -> (sequence: UInt64, finding: EventLogError?)? {
    guard let segment = try await current().dropLast().first(where: { $0.first > sequence }) else {
      return nil
    }
    do throws(EventLogError) {
      if let damage = segment.damage { throw damage }
      _ = try await Inspector(folder, disk).inspect(segment, pace: pace)
      return (segment.first, nil)
    } catch {
      return (segment.first, try Self.finding(error))
    }
  }

  /// What is wrong with one segment, and says nothing of those behind it; anything else is thrown.
  private static func finding(_ error: EventLogError) throws(EventLogError) -> EventLogError {
    switch error {
    case .corrupt, .io: return error
    default: throw error
    }
  }

  /// The segments as they are now, up to the durable end.
  private func current() throws(EventLogError) -> [Segment] {
    try refresh()
    return segments
  }

  /// Size and span of the log, up to its durable end.
  public func statistics() async throws(EventLogError) -> LogStatistics {
    try refresh()
    let last =
      durable > 1 ? try await read(from: Position(rawValue: durable - 1), limit: 1).first : nil
    let first = try await read(from: .origin, limit: 1).first
    return LogStatistics(
      segments: segments.count, bytes: segments.reduce(0) { $0 + $1.end }, records: durable - 1,
      first: first?.recordedAt, last: last?.recordedAt)
  }
}

/// Reads whole segments on a thread of its own.
actor Inspector {
  nonisolated private let executor = LogExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }
  nonisolated private let folder: String
  nonisolated private let disk: any Disk

  init(_ folder: String, _ disk: any Disk) {
    (self.folder, self.disk) = (folder, disk)
  }

  /// The index of a segment that is good to its end.
  ///
  /// - Parameters:
  ///   - segment: as the log knows it.
  ///   - time: recorded time of the last record before the segment, where that is known.
  ///   - pace: bytes a second; then what was read does not stay in memory either. Nil: full speed.
  /// - Returns: what an index of the segment would hold.
  /// - Throws: `corrupt` with segment, byte and reason, at the first record that does not fit; `io` where
  ///   the file cannot be read.
  func inspect(
    _ segment: Segment, after time: Int64? = nil, pace: UInt64? = nil
  ) async throws(EventLogError) -> SegmentIndex {
    let inspection = SegmentInspection(segment, in: folder, disk)
    guard let pace else { return try inspection.index(after: time ?? .min) }
    return try await inspection.index(pace: pace)
  }

  /// Whether a segment's header says that it comes behind the one of `index`.
  nonisolated func check(
    _ segment: Segment, follows index: SegmentIndex
  ) throws(EventLogError) {
    guard segment.first == index.reached.sequence else {
      throw .corrupt(
        segment: segment.name, offset: 16,
        reason: "begins with record \(segment.first) where \(index.reached.sequence) belongs")
    }
    guard segment.header.link == index.lastHeaderCRC else {
      throw .corrupt(
        segment: segment.name, offset: 48, reason: "does not follow on the one before")
    }
  }
}
