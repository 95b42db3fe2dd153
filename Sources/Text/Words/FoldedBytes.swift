/// The folded stream while it is written: grows by itself, and is written to without a check a byte.
@safe struct FoldedBytes: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 32)
    unsafe base = .allocate(capacity: self.capacity)
  }

  deinit { unsafe base.deallocate() }

  /// What was written.
  var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }

  /// The hash of what was written from `start` on.
  func hash(from start: Int) -> UInt64 {
    unsafe WordHash.hash(UnsafeBufferPointer(start: base + start, count: count - start))
  }

  /// The last character written, if it begins at or behind `start`.
  func lastCharacter(from start: Int) -> String? {
    let written = unsafe UnsafeBufferPointer(start: base + start, count: count - start)
    guard let first = unsafe written.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return nil }
    return unsafe String(decoding: written[first...], as: UTF8.self)
  }

  // MARK: Writing

  mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe base[count] = byte
    count += 1
  }

  /// The `count` lowest bytes of `bytes`, lowest first; at most eight.
  mutating func append(_ bytes: UInt64, count added: Int) {
    reserve(8)
    unsafe UnsafeMutableRawPointer(base + count).storeBytes(
      of: bytes.littleEndian, as: UInt64.self)
    count += added
  }

  mutating func append(_ bytes: [UInt8]) {
    reserve(bytes.count)
    for byte in bytes { append(byte) }
  }

  mutating func removeLast(_ dropped: Int) { count -= dropped }

  /// Writes the letters of ASCII from `place` on, folded.
  ///
  /// - Returns: the place behind the last one written; after a long run there may be more.
  mutating func fold(_ source: UnsafeBufferPointer<UInt8>, from place: Int) -> Int {
    // A word is short: room is asked for once, and the rest of a long one comes with the next call.
    reserve(Self.piece + 8)
    let raw = UnsafeRawBufferPointer(source)
    let end = min(source.count, place + Self.piece)
    var place = place
    while place + 8 <= end {
      let word = unsafe raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      let (folded, length) = ASCII.fold(UInt64(littleEndian: word))
      unsafe UnsafeMutableRawPointer(base + count).storeBytes(
        of: folded.littleEndian, as: UInt64.self)
      count += length
      place += length
      if length < 8 { return place }
    }
    while place < end, case let byte = unsafe source[place], ASCII.isLetter(byte) {
      unsafe base[count] = UInt8(truncatingIfNeeded: ASCII.fold(UInt64(byte)).folded)
      count += 1
      place += 1
    }
    return place
  }

  private static let piece = 256

  private mutating func reserve(_ wanted: Int) {
    if count + wanted > capacity { grow(by: wanted) }
  }

  @inline(never)
  private mutating func grow(by wanted: Int) {
    let larger = 2 * capacity + wanted
    let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe fresh.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = fresh
    capacity = larger
  }
}
