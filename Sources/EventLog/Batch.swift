/// Records on their way to the disk: their frames in one buffer, and where each begins.
///
/// An append makes one in its caller's task: checking, copying and summing the payloads happens there,
/// once over the bytes. The log joins what comes while it syncs and completes the headers.
struct Batch: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var frames: [PlacedFrame] = []

  /// A frame and where it begins in the batch.
  struct PlacedFrame: Sendable {
    var frame: Frame
    var offset: Int
  }

  init() {}

  /// The frames of `records`; sequence, time and place come when they are gathered.
  ///
  /// - Throws: `refused` for what no line of JSON can be, or more than one append may hold.
  init(_ records: [NewRecord], in stream: UInt32) throws(EventLogError) {
    let size = records.reduce(0) { $0 + Frame.size(payload: $1.payload.count) }
    guard records.count <= Limits.recordsInBatch, size <= Limits.batchBytes else {
      throw .refused(
        reason: "\(records.count) records of \(size) bytes are too much for one append")
    }
    for record in records where !(1...Limits.payloadBytes).contains(record.payload.count) {
      throw .refused(
        reason: "a payload of \(record.payload.count) bytes; 1 to \(Limits.payloadBytes) are taken")
    }
    var placed: [PlacedFrame] = []
    placed.reserveCapacity(records.count)
    // Not filled with zeros first: a frame writes every byte of its own.
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      let all = UnsafeMutableRawBufferPointer(buffer)
      unsafe Self.put(records, in: stream, to: all, &placed)
      filled = placed.count == records.count ? size : 0
    }
    guard placed.count == records.count else {
      throw .refused(reason: "a payload with a control byte; write one line of JSON")
    }
    frames = placed
  }

  /// Writes the frames one behind the other; stops before one whose payload is no line.
  private static func put(
    _ records: [NewRecord], in stream: UInt32, to all: UnsafeMutableRawBufferPointer,
    _ placed: inout [PlacedFrame]
  ) {
    var offset = 0
    for record in records {
      var frame = Frame(
        kind: record.kind, payloadLength: record.payload.count, payloadCRC: 0, stream: stream)
      let target = unsafe UnsafeMutableRawBufferPointer(
        rebasing: all[offset..<offset + frame.size])
      guard unsafe record.payload.withUnsafeBytes({ unsafe frame.write($0, to: target) }) else {
        return
      }
      placed.append(PlacedFrame(frame: frame, offset: offset))
      offset += frame.size
    }
  }

  var isEmpty: Bool { frames.isEmpty }

  /// Whether `other` can join without passing the bounds of a batch.
  func takes(_ other: Batch) -> Bool {
    bytes.count + other.bytes.count <= Limits.batchBytes
      && frames.count + other.frames.count <= Limits.recordsInBatch
  }

  /// Adds another append, whose records take the sequences from `first` and one time.
  mutating func join(_ other: consuming Batch, first: UInt64, time: Int64) {
    let (start, offset) = (frames.count, bytes.count)
    if isEmpty {
      self = other
    } else {
      bytes += other.bytes
      frames += other.frames
    }
    for index in start..<frames.count {
      frames[index].frame.sequence = first + UInt64(index - start)
      frames[index].frame.time = time
      frames[index].offset += offset
    }
  }

  /// Completes every header: the batch is one unit, chained on to `chain`, the checksum before it.
  mutating func seal(chain: UInt32) {
    var link = chain
    let count = UInt16(frames.count)
    unsafe bytes.withUnsafeMutableBytes { all in
      for index in frames.indices {
        frames[index].frame.index = UInt16(index)
        frames[index].frame.count = count
        frames[index].frame.chain = link
        let offset = frames[index].offset
        let header = unsafe UnsafeMutableRawBufferPointer(
          rebasing: all[offset..<offset + Frame.headerSize])
        unsafe frames[index].frame.complete(header)
        link = frames[index].frame.headerCRC
      }
    }
  }
}
