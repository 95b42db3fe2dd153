extension StoryShape {
  /// The shape as a view keeps it; numbers are little endian.
  ///
  ///     count u32, members u8, then each: article i64, language (u8 length), text, title
  ///     with more than one member: the sum, likewise, less the article
  ///     a vector: terms u8, then u64 each, then Float32 each
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(number: UInt32(clamping: count))
    bytes.append(UInt8(members.count))
    for member in members {
      bytes.append(number: UInt64(bitPattern: member.article))
      bytes.append(member.vectors)
    }
    if count > 1 { bytes.append(sum) }
    return bytes
  }

  /// What `bytes` wrote; nil where it is no such thing.
  public init?(_ bytes: [UInt8]) {
    var reader = ShapeReader(bytes: bytes[...])
    guard let count = reader.number(UInt32.self), let members = reader.number(UInt8.self) else {
      return nil
    }
    var all: [Member] = []
    for _ in 0..<members {
      guard let article = reader.number(UInt64.self), let vectors = reader.vectors() else {
        return nil
      }
      all.append(Member(Int64(bitPattern: article), vectors))
    }
    guard let sum = count > 1 ? reader.vectors() : all.first?.vectors, reader.bytes.isEmpty else {
      return nil
    }
    self.init(sum: sum, members: all, count: Int(count))
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: some FixedWidthInteger) {
    var rest = number
    for _ in 0..<(number.bitWidth / 8) {
      append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  fileprivate mutating func append(_ vectors: StoryVectors) {
    let language = vectors.language.utf8.prefix(255)
    append(UInt8(language.count))
    append(contentsOf: language)
    for vector in [vectors.text, vectors.title] {
      append(UInt8(vector.terms.count))
      for term in vector.terms { append(number: term) }
      for weight in vector.weights { append(number: weight.bitPattern) }
    }
  }
}

/// Takes numbers and vectors off the front of bytes.
private struct ShapeReader {
  var bytes: ArraySlice<UInt8>

  mutating func number<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) -> Number? {
    numbers(1, type)?.first
  }

  /// So many numbers that stand side by side.
  private mutating func numbers<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ count: Int, _ type: Number.Type
  ) -> [Number]? {
    let size = Number.bitWidth / 8
    guard bytes.count >= size * count else { return nil }
    let numbers = unsafe bytes.withUnsafeBytes { raw in
      (0..<count).map {
        Number(littleEndian: unsafe raw.loadUnaligned(fromByteOffset: size * $0, as: type))
      }
    }
    bytes.removeFirst(size * count)
    return numbers
  }

  mutating func vectors() -> StoryVectors? {
    guard let length = number(UInt8.self), bytes.count >= length else { return nil }
    let language = String(decoding: bytes.prefix(Int(length)), as: UTF8.self)
    bytes.removeFirst(Int(length))
    guard let text = vector(), let title = vector() else { return nil }
    return StoryVectors(text: text, title: title, language: language)
  }

  private mutating func vector() -> TermVector? {
    guard let count = number(UInt8.self), let terms = numbers(Int(count), UInt64.self),
      let weights = numbers(Int(count), UInt32.self)
    else { return nil }
    return TermVector(terms: terms, weights: weights.map(Float.init(bitPattern:)))
  }
}
