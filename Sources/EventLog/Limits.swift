/// The bounds of what a log takes and hands out.
enum Limits {
  /// The most records one append may hold, and one batch with it.
  static let recordsInBatch = 4096
  /// The longest payload, in bytes; the header of a record cannot say more.
  static let payloadBytes = 2 * 1024 * 1024
  /// The most bytes of frames that wait for one sync.
  static let batchBytes = 4 * 1024 * 1024
  /// The largest segment size that may be asked for: offsets in an index have 32 bits.
  static let largestSegmentBytes: UInt64 = 1024 * 1024 * 1024
  /// The age, in microseconds, at which a segment that holds something is closed.
  static let segmentMicroseconds: Int64 = 24 * 3600 * 1_000_000
  /// The distance in bytes between the places of an index.
  static let indexStride: UInt64 = 64 * 1024
  /// What `read` hands out at most in one go, in bytes of payload.
  static let readBytes = 4 * 1024 * 1024
  /// What a subscription hands out at most in one go, in records.
  static let subscriptionRecords = 1000
  /// The first look at a file when reading: the distance between two places, and a frame.
  static let firstReadBytes = 128 * 1024
  /// Each further step of a scan, in bytes.
  static let scanBytes = 1024 * 1024
  /// The smallest piece that is read around a sector that cannot be: a page, for so Linux reads.
  static let salvageBytes = 4096
  /// How many sealed segments stay open with their indexes.
  static let openSegments = 16
  /// Free space above the floor, in bytes, from which a full log takes appends again.
  static let resumeBytes: UInt64 = 64 * 1024 * 1024
  /// How often a watermark is read until a slot of it is whole.
  static let watermarkReads = 5
  /// The last sequence a record may have: no sum of it and what a segment holds is too large.
  static let lastSequence = UInt64(Int64.max)
  /// The largest file of records that is read, in bytes: offsets in an index have 32 bits.
  static let largestFileBytes = UInt64(UInt32.max)
  /// How many lost records in a row a repair puts placeholders for: a gibibyte of them.
  static let placeholders: UInt64 = 1 << 24
  /// The earliest and latest moment a record may carry, in seconds from 1970: ±285,000 years.
  static let seconds = 9.0e12
}
