/// A segment written anew from records: those it had, some without their words or lost.
struct SegmentRewrite {
  private(set) var bytes: [UInt8]
  /// What the next record must have as its sequence.
  private(set) var next: UInt64
  /// The header checksum of the last record; the segment's own link while there is none.
  private(set) var lastHeaderCRC: UInt32
  private(set) var lastTime: Int64
  private var isEmpty = true

  init(_ header: SegmentHeader, after time: Int64) {
    (bytes, next, lastHeaderCRC, lastTime) = (header.bytes, header.first, header.link, time)
  }

  /// Adds a record under its own sequence; place in the batch, flags and stream are kept as they are.
  mutating func add(_ frame: Frame, _ payload: [UInt8]) {
    var frame = frame
    frame.time = max(frame.time, lastTime)
    frame.chain = isEmpty ? 0 : lastHeaderCRC
    frame.payloadLength = payload.count
    bytes += frame.bytes(payload)
    (next, lastHeaderCRC, lastTime, isEmpty) = (
      frame.sequence + 1, frame.headerCRC, frame.time, false
    )
  }

  /// Adds an empty record in the place of one that is lost.
  mutating func addLost() {
    let payload = Array("{}".utf8)
    add(
      Frame(
        flags: Frame.lost, kind: Self.lostKind, payloadLength: payload.count, payloadCRC: 0,
        sequence: next, time: lastTime == .min ? 0 : lastTime, stream: 0), payload)
  }

  /// A kind that every reader may skip.
  private static let lostKind: UInt16 = 0x8000

  /// The payload of a record whose words were taken out, as long as the old one.
  static func redacted(_ payload: [UInt8]) -> [UInt8] {
    let said = Array(#"{"redacted":true}"#.utf8)
    let words = payload.count >= said.count ? said : payload.count >= 2 ? Array("{}".utf8) : [0x30]
    return words + [UInt8](repeating: 0x20, count: payload.count - words.count)
  }
}
