/// Reads a segment frame by frame and says where and why it stops being good.
struct SegmentScan {
  /// What a scan needs to know of the frame before.
  struct State {
    var offset: UInt64
    var sequence: UInt64
    var time: Int64
    /// What the next frame must have as its chain; nil where that is not known.
    var chain: UInt32?
    /// Frames of the present batch still to come; -1 where the place in the batch is not known.
    var missing = 0
    var index: UInt16 = 0
  }

  /// Bytes read at a time; a frame of the greatest payload fits.
  static let window = 4 << 20

  let disk: any Disk
  let file: Int32
  /// Bytes of the file that may be looked at.
  let limit: UInt64
  private(set) var state: State
  /// The end of the last complete batch.
  private(set) var good: State
  /// Why the frame at `state.offset` is not good; nil at a clean end.
  private(set) var fault: String?
  private var buffer: [UInt8] = []
  private var bufferStart: UInt64 = 0

  init(_ disk: any Disk, _ file: Int32, limit: UInt64, from state: State) {
    self.disk = disk
    self.file = file
    self.limit = limit
    self.state = state
    good = state
  }

  /// The next good frame with its payload; nil at the end or at a fault.
  mutating func next() throws(EventLogError) -> (Frame, ArraySlice<UInt8>)? {
    guard fault == nil, state.offset < limit else { return nil }
    try fill()
    let place = Int(state.offset - bufferStart)
    guard let frame = Frame(headerIn: buffer, at: place) else {
      fault = "no record header that matches its checksum"
      return nil
    }
    if let wrong = mismatch(frame) {
      fault = wrong
      return nil
    }
    guard let payload = frame.payload(in: buffer, at: place) else {
      fault = "payload does not match its checksum"
      return nil
    }
    advance(over: frame)
    return (frame, payload)
  }

  private mutating func fill() throws(EventLogError) {
    let needed = min(limit, state.offset + UInt64(Frame.size(payload: Limits.payloadBytes)))
    guard state.offset < bufferStart || needed > bufferStart + UInt64(buffer.count) else { return }
    bufferStart = state.offset
    buffer = try disk.read(
      file, at: bufferStart, count: Int(min(UInt64(Self.window), limit - bufferStart)))
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
    state.index = frame.index + 1
    state.missing = Int(frame.count - frame.index) - 1
    if state.missing == 0 { good = state }
  }
}
