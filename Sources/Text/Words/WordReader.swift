/// Folds a text and cuts it into words, in one pass over its bytes.
///
/// Letters of ASCII, most of all text, are folded eight at a time; others are decoded and looked up in
/// ``FoldTable``. Bytes are written without a check each: before every character there is
/// room for the longest folded form.
@safe struct WordReader: ~Copyable {
  private let source: UnsafeBufferPointer<UInt8>
  /// The next byte, and how many scalars stand before it.
  private var place = 0
  private var offset = 0
  private var output: FoldedBytes
  /// Held here, so that a look at it asks nobody whether it has been made.
  private let table = FoldTable.table
  private var words: [Words.Word] = []
  private var paragraph: UInt32 = 0
  private var sentence: UInt32 = 0
  /// Whether a full stop was seen that ends the sentence if a blank follows: not that of `3.5`.
  private var isStopped = false

  /// The word that is being read; its end moves with each character that belongs to it.
  private var kind: FoldEntry.Class?
  private var start = (byte: 0, scalar: 0, folded: 0)
  private var end = (byte: 0, scalar: 0)

  static func read(_ source: UnsafeBufferPointer<UInt8>) -> Words {
    var reader = unsafe WordReader(source)
    reader.read()
    return Words(words: reader.words, folded: reader.output.bytes)
  }

  private init(_ source: UnsafeBufferPointer<UInt8>) {
    unsafe self.source = unsafe source
    output = FoldedBytes(capacity: source.count + source.count / 8)
    words.reserveCapacity(source.count / 6)
  }

  private mutating func read() {
    while unsafe place < source.count {
      let byte = unsafe source[place]
      if byte < 0x80 { readASCII(byte) } else { readScalar(byte) }
    }
    close()
  }

  // MARK: ASCII

  private mutating func readASCII(_ byte: UInt8) {
    guard ASCII.isLetter(byte) else {
      close()
      note(Unicode.Scalar(byte), isSpace: byte == 0x20 || (0x09...0x0D).contains(byte))
      place += 1
      offset += 1
      return
    }
    begin(.letter)
    let start = place
    place = unsafe output.fold(source, from: place)
    offset += place - start
    end = (place, offset)
  }

  // MARK: Other scalars

  private mutating func readScalar(_ lead: UInt8) {
    let (scalar, length) = unsafe Self.decode(source, at: place, lead)
    let value = Int(scalar.value)
    let entry = value < table.count ? table[value] : FoldTable.entry(scalar)
    switch entry.class {
    // Neither ends a word nor belongs to one that ends here: a direction mark behind a name.
    case .ignored: break
    case .mark where kind != nil:
      write(entry, scalar)
      end = (place + length, offset + 1)
    case .composing where kind != nil:
      compose(scalar, entry)
      end = (place + length, offset + 1)
    case .mark, .composing: break
    case .letter, .single, .unit:
      begin(entry.class)
      write(entry, scalar)
      end = (place + length, offset + 1)
    case .separator, .space:
      close()
      note(scalar, isSpace: entry.class == .space)
    }
    place += length
    offset += 1
  }

  /// The scalar at `place`; `source` is valid UTF-8, since it comes from a String.
  private static func decode(
    _ source: UnsafeBufferPointer<UInt8>, at place: Int, _ lead: UInt8
  ) -> (Unicode.Scalar, length: Int) {
    func tail(_ index: Int) -> UInt32 { UInt32(unsafe source[place + index] & 0x3F) }
    let lead = UInt32(lead)
    let (value, length): (UInt32, Int) =
      if lead < 0xE0 {
        ((lead & 0x1F) << 6 | tail(1), 2)
      } else if lead < 0xF0 {
        ((lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
      } else {
        ((lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
      }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  private mutating func write(_ entry: FoldEntry, _ scalar: Unicode.Scalar) {
    if let count = entry.count {
      output.append(entry.bytes, count: count)
    } else {
      output.append(FoldTable.longForm(of: scalar))
    }
  }

  /// Puts a mark on the character before it.
  ///
  /// So й, パ and 각 are the same in one piece as in several (NFC, UAX #15). Where there is no such piece,
  /// marks that are spelt stay and accents go.
  private mutating func compose(_ mark: Unicode.Scalar, _ entry: FoldEntry) {
    guard let base = output.lastCharacter(from: start.folded), base.utf8.count > 1,
      let piece = FoldTable.composed(base, mark)
    else { return write(entry, mark) }
    output.removeLast(base.utf8.count)
    output.append(piece)
  }

  // MARK: Words

  /// Opens a word, unless the character goes on with one.
  private mutating func begin(_ next: FoldEntry.Class) {
    if kind == .letter, next == .letter { return }
    close()
    if let last = words.last {
      output.append(last.paragraphNumber == paragraph ? Words.blank : Words.paragraphEnd)
    }
    kind = next
    start = (place, offset, output.count)
  }

  private mutating func close() {
    guard kind != nil else { return }
    kind = nil
    // What folded to nothing was opened by a letter, which never does.
    isStopped = false
    words.append(
      Words.Word(
        hash: output.hash(from: start.folded),
        foldedStart: UInt32(truncatingIfNeeded: start.folded),
        foldedEnd: UInt32(truncatingIfNeeded: output.count),
        byteStart: UInt32(truncatingIfNeeded: start.byte),
        byteEnd: UInt32(truncatingIfNeeded: end.byte),
        scalarStart: UInt32(truncatingIfNeeded: start.scalar),
        scalarEnd: UInt32(truncatingIfNeeded: end.scalar),
        paragraphNumber: paragraph, sentenceNumber: sentence))
  }

  private mutating func note(_ scalar: Unicode.Scalar, isSpace: Bool) {
    switch scalar {
    case "\n", "\u{2029}":
      paragraph += 1
      sentence += 1
    case "。", "！", "？", "।": sentence += 1
    case ".", "!", "?", "؟": isStopped = true
    default:
      guard isStopped, isSpace else { return }
      sentence += 1
      isStopped = false
    }
  }
}
