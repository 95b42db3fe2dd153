import Glibc

/// Finding one byte among many, at the speed of memory.
public enum ByteSearch {
  /// The first place in `from..<end` of `bytes` that holds `byte`; `end` where none does.
  ///
  /// By the C library's memchr(3), which looks at 16 to 64 bytes at once.
  public static func first(_ byte: UInt8, in bytes: [UInt8], from: Int, to end: Int) -> Int {
    first(byte, in: bytes.span, from: from, to: end)
  }

  /// The same in the bytes of anything else.
  public static func first(_ byte: UInt8, in bytes: Span<UInt8>, from: Int, to end: Int) -> Int {
    precondition(from >= 0 && end <= bytes.count, "a search outside its buffer")
    guard from < end else { return end }
    return unsafe bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress,
        let found = unsafe memchr(start + from, Int32(byte), end - from)
      else { return end }
      return unsafe UnsafeRawPointer(found) - start
    }
  }

  /// How many line ends stand in `range` of `bytes`.
  public static func lineEnds(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    var count = 0
    var place = range.lowerBound
    while place < range.upperBound {
      place = first(0x0A, in: bytes, from: place, to: range.upperBound) + 1
      if place <= range.upperBound { count += 1 }
    }
    return count
  }

  /// Whether `bytes[range]` is `name`, in letters of any case; `name` in small ones.
  public static func holds(_ name: StaticString, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { wanted in
      for index in 0..<wanted.count {
        let byte = bytes[range.lowerBound + index]
        let small = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        if unsafe small != wanted[index] { return false }
      }
      return true
    }
  }

  /// Whether `text` begins with `start`, byte for byte.
  public static func begins(_ text: Span<UInt8>, _ start: StaticString) -> Bool {
    guard text.count >= start.utf8CodeUnitCount else { return false }
    return start.withUTF8Buffer { start in
      for place in 0..<start.count where unsafe text[place] != start[place] { return false }
      return true
    }
  }
}
