/// What a copy of the log must hold to be the log as it is now.
public struct LogSnapshot: Hashable, Sendable {
  /// A file of the log and how much of it counts.
  public struct File: Hashable, Sendable {
    public var name: String
    /// In bytes, from the beginning.
    public var length: UInt64
    /// Whether it never changes any more.
    public var isSealed: Bool
  }

  public var files: [File]
  /// The contents of the copy's `durable`.
  public var watermark: [UInt8]
  /// The position behind the last record.
  public var end: Position
}

extension SegmentedLog {
  /// The files that hold everything up to the durable end.
  public func snapshot() throws(EventLogError) -> LogSnapshot {
    try refresh()
    var watermark = [UInt8](repeating: 0, count: Watermark.fileSize)
    watermark.replaceSubrange(mark.slot..<mark.slot + 64, with: mark.bytes)
    let files = segments.map {
      LogSnapshot.File(name: $0.name, length: $0.end, isSealed: $0 != segments.last)
    }
    return LogSnapshot(files: files, watermark: watermark, end: Position(rawValue: durable))
  }

  /// The logs whose segments lie in `folder`, by their headers; several where copies were mixed, none where
  /// nothing can be read.
  ///
  /// - Throws: `io`; `newer` for a log of a later version.
  public static func identities(in folder: String) throws(EventLogError) -> Set<UInt128> {
    Set(try SurveyedSegment.survey(folder, LinuxDisk()).compactMap { $0.header?.log })
  }

  /// Closes the last segment and begins the next, so that all records lie in sealed segments.
  public func seal() throws(EventLogError) {
    if let ending { throw ending }
    guard isWriter else { throw .refused(reason: "the log is open for reading only") }
    commit()
    if segments.last?.isEmpty == false { try roll() }
  }
}
