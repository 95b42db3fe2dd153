/// Reads a segment frame by frame and says where and why it stops being good.
struct SegmentScan {
  /// What a scan needs to know of the frame before.
  struct State: Hashable {
    var offset: UInt64
    var sequence: UInt64
    var time: Int64
    /// What the next frame must have as its chain; nil where that is not known.
    var chain: UInt32?
    /// Frames of the present batch still to come; -1 where the place in the batch is not known.
    var missing = 0
    var index: UInt16 = 0

    /// Before the first record of a segment, which follows on records up to `time`.
    init(_ header: SegmentHeader, after time: Int64 = .min) {
      (offset, sequence) = (UInt64(SegmentHeader.size), header.first)
      (self.time, chain) = (time, 0)
    }

    /// At a place of an index: what comes before it is not looked at.
    init(_ place: SegmentIndex.Place, in header: SegmentHeader) {
      self.init(header)
      guard place.offset > offset else { return }
      (offset, sequence) = (place.offset, place.sequence)
      (chain, missing) = (nil, -1)
    }
  }

  let disk: any Disk
  let file: OpenFile
  /// Bytes of the file that may be looked at.
  let limit: UInt64
  private(set) var state: State
  /// The end of the last complete batch.
  private(set) var good: State
  /// Why the frame at `state.offset` is not good; nil at a clean end.
  private(set) var fault: String?
  private var buffer: [UInt8] = []
  private var bufferStart: UInt64 = 0
  private var step = Limits.firstReadBytes
  /// Where the payload of the last frame lies in the buffer.
  private var last = 0..<0

  init(_ disk: any Disk, _ file: OpenFile, limit: UInt64, from state: State) {
    (self.disk, self.file, self.limit, self.state, good) = (disk, file, limit, state, state)
  }

  /// The next good frame; nil at the end or at a fault.
  mutating func next() throws(EventLogError) -> Frame? {
    guard fault == nil, state.offset < limit else { return nil }
    try fill(Frame.headerSize)
    let place = Int(state.offset - bufferStart)
    guard let frame = unsafe buffer.withUnsafeBytes({ unsafe Frame(headerIn: $0, at: place) })
    else { return stop("no record header that matches its checksum") }
    if let wrong = mismatch(frame) { return stop(wrong) }
    try fill(frame.size)
    let start = Int(state.offset - bufferStart)
    guard unsafe buffer.withUnsafeBytes({ unsafe frame.isWhole(in: $0, at: start) }) else {
      return stop("payload does not match its checksum")
    }
    last = frame.payload(at: start)
    advance(over: frame)
    return frame
  }

  /// The payload of the frame that `next` gave last.
  var payload: [UInt8] { Array(buffer[last]) }

  private mutating func stop(_ reason: String) -> Frame? {
    fault = reason
    return nil
  }

  /// Sees that `count` bytes from the present offset are in the buffer, if the file has them.
  private mutating func fill(_ count: Int) throws(EventLogError) {
    let end = bufferStart + UInt64(buffer.count)
    guard state.offset + UInt64(count) > end || state.offset < bufferStart, end < limit else {
      return
    }
    bufferStart = state.offset
    buffer = try disk.read(
      file, at: bufferStart, count: Int(min(UInt64(max(count, step)), limit - bufferStart)))
    step = Limits.scanBytes
  }

  private func mismatch(_ frame: Frame) -> String? {
    if frame.sequence != state.sequence {
      return "record \(frame.sequence) where \(state.sequence) belongs"
    }
    if let chain = state.chain, frame.chain != chain { return "record breaks the chain" }
    if frame.time < state.time { return "record is older than the one before" }
    if state.missing < 0 { return nil }
    let fits =
      state.missing == 0
      ? frame.index == 0
      : frame.index == state.index && Int(frame.count - frame.index) == state.missing
    return fits ? nil : "record does not continue its batch"
  }

  private mutating func advance(over frame: Frame) {
    state.offset += UInt64(frame.size)
    state.sequence += 1
    state.time = frame.time
    state.chain = frame.headerCRC
    state.index = frame.index &+ 1
    state.missing = Int(frame.count - frame.index) - 1
    if state.missing == 0 { good = state }
  }
}
