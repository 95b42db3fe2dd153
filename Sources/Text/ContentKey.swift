/// The beginning of an article, by which it is known where nothing better names it.
public enum ContentKey {
  /// The first 200 folded scalars of title and text, with blanks between words.
  public static func of(title: String, text: String) -> String {
    // No word of 200 scalars needs more bytes, marks and blanks included.
    let words = Words(title + "\n" + String(text.unicodeScalars.prefix(1_000)))
    return String(words.joined.unicodeScalars.prefix(200))
  }
}
