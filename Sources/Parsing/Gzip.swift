import CZlib

/// A document that is gzip (RFC 1952) without its header saying so, as some servers send it.
struct Gzip {
  /// The bytes that could be unpacked.
  private(set) var bytes: [UInt8] = []
  /// Whether the data end early, or turn out damaged; what came before that is kept.
  private(set) var isTorn = false

  /// Bytes handed over at a time.
  private static let piece = 64 << 10

  static func isGzip(_ document: [UInt8]) -> Bool {
    document.starts(with: [0x1F, 0x8B])
  }

  /// Unpacks `document`, all of its members.
  ///
  /// - Throws: `tooLarge` beyond 64 MiB, or where it grows like a bomb; `compressed` if nothing comes out.
  init(_ document: [UInt8]) throws(FeedParseError) {
    var stream = unsafe z_stream()
    // 16 more than the window's size: gzip and nothing else.
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      throw .compressed("gzip")
    }
    defer { unsafe inflateEnd(&stream) }
    var place = 0
    var isOpen = true
    // All that was read may have been handed over while more of it waits to come out.
    var isFull = false
    while isOpen, place < document.count || isFull {
      let before = bytes.count
      let code = unsafe Self.step(&stream, document, &place, &bytes)
      isFull = bytes.count - before == Self.piece
      guard bytes.count <= Self.limit(place) else {
        throw .tooLarge(limit: min(bytes.count, ParseLimits.inflated))
      }
      if code == Z_STREAM_END {
        // Another member may follow, or padding that is none.
        isOpen = Self.isGzip(Array(document[place...].prefix(2)))
        if isOpen { unsafe inflateReset(&stream) }
        if !isOpen || place == document.count { return }
      } else if code != Z_OK {
        isOpen = false
      }
    }
    isTorn = true
    guard !bytes.isEmpty else { throw .compressed("gzip") }
  }

  /// What may come of so many bytes: 200 for one after the first MiB.
  static func limit(_ read: Int) -> Int {
    min(ParseLimits.inflated, max(1 << 20, 200 * read))
  }

  /// Unpacks the next piece.
  private static func step(
    _ stream: inout z_stream, _ document: [UInt8], _ place: inout Int, _ bytes: inout [UInt8]
  ) -> Int32 {
    var input = Array(document[place...].prefix(piece))
    var code = Z_OK
    let given = input.count
    let made = unsafe [UInt8](unsafeUninitializedCapacity: piece) { room, filled in
      unsafe input.withUnsafeMutableBufferPointer { buffer in
        unsafe stream.next_in = buffer.baseAddress
        unsafe stream.avail_in = UInt32(given)
        unsafe stream.next_out = room.baseAddress
        unsafe stream.avail_out = UInt32(piece)
        code = unsafe inflate(&stream, Z_NO_FLUSH)
      }
      filled = unsafe piece - Int(stream.avail_out)
    }
    place += unsafe given - Int(stream.avail_in)
    bytes += made
    return code
  }
}
