/// The beginning of an article, by which it is known where nothing better names it.
public enum ContentKey {
  /// Scalars of a key.
  private static let length = 200

  /// The first 200 folded scalars of title and text, with blanks between words.
  ///
  /// Nearly always they stand in the first 400 of the text, but for words at the end, which may be cut
  /// or be read otherwise by what follows them.
  public static func of(title: String, text: String) -> String {
    let short = words(title, text, 400)
    if short.words.count > 2 {
      let certain = short.folded[..<short.words[short.words.count - 2].folded.lowerBound]
      if let key = key(certain) { return key }
    }
    // No word of 200 scalars needs more bytes, marks and blanks included.
    return String(words(title, text, 1_000).joined.unicodeScalars.prefix(length))
  }

  private static func words(_ title: String, _ text: String, _ limit: Int) -> Words {
    Words(title + "\n" + String(text.unicodeScalars.prefix(limit)))
  }

  /// The key in folded bytes; nil where they are too few.
  private static func key(_ folded: ArraySlice<UInt8>) -> String? {
    var (key, scalars): ([UInt8], Int) = ([], 0)
    key.reserveCapacity(2 * length)
    for byte in folded {
      // All but continuation bytes begin a scalar.
      if byte & 0xC0 != 0x80 { scalars += 1 }
      if scalars > length { return String(decoding: key, as: UTF8.self) }
      key.append(byte == Words.paragraphEnd ? Words.blank : byte)
    }
    return nil
  }
}
