public import FoundationEssentials

/// A record that is to be appended.
public struct NewRecord: Hashable, Sendable {
  /// The identity of the fact; a log on several nodes recognises a repetition by it.
  public var id: UInt128
  /// The caller's code for the type; with `0x8000` set an older reader may skip the record.
  public var kind: UInt16
  /// One line of UTF-8 JSON of 1 to 2,097,152 bytes, none of them below `0x20`.
  public var payload: [UInt8]

  public init(id: UInt128, kind: UInt16, payload: [UInt8]) {
    self.id = id
    self.kind = kind
    self.payload = payload
  }
}

/// A record as the log holds it.
public struct Record: Hashable, Sendable {
  public var position: Position
  /// When it was recorded, to the microsecond; never before the record before it.
  public var recordedAt: Date
  /// The caller's code for the type.
  public var kind: UInt16
  /// The payload was replaced on a person's word; what it holds now says only that.
  public var isRedacted: Bool
  /// The record was lost to damage; a repair put an empty one in its place.
  public var isLost: Bool
  /// CRC32C of the name of its stream.
  public var streamHash: UInt32
  public var payload: [UInt8]

  public init(
    position: Position, recordedAt: Date, kind: UInt16, isRedacted: Bool = false,
    isLost: Bool = false, streamHash: UInt32, payload: [UInt8]
  ) {
    self.position = position
    self.recordedAt = recordedAt
    self.kind = kind
    self.isRedacted = isRedacted
    self.isLost = isLost
    self.streamHash = streamHash
    self.payload = payload
  }

  /// Whether the record can belong to `stream`: equal hashes, so a false yes is possible and a
  /// false no is not.
  public func belongs(to stream: StreamName) -> Bool { streamHash == stream.hash }
}
