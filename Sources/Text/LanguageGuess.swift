/// The language of a text that nobody declared, by its script and its commonest words.
///
/// A guess and no more: it wants a text, not a title, for Indonesian and English share none of these
/// words, but both are told only by several of them.
public enum LanguageGuess {
  /// Words of a language that must be there, and how much more often than those of the next.
  private static let least = 4

  /// A primary language code, or nil where the text does not say enough.
  public static func code(of words: Words) -> String? {
    if let script = script(words) { return script }
    var counts = lists.map { _ in 0 }
    for word in words.words.prefix(2_000) {
      if let language = functionWords[word.hash] { counts[language] += 1 }
    }
    let ranked = counts.indices.sorted { counts[$0] > counts[$1] }
    let (best, second) = (counts[ranked[0]], counts[ranked[1]])
    guard best >= least, best >= 2 * second else { return nil }
    return lists[ranked[0]].language
  }

  /// The language of a script that one language of news mostly writes.
  private static func script(_ words: Words) -> String? {
    var counts: [String: Int] = [:]
    for word in words.words.prefix(200) {
      // Scripts that write no spaces, and Hangul, take three bytes a character.
      guard words.folded[word.folded.lowerBound] >= 0xE0,
        let scalar = words.text(of: word).unicodeScalars.first
      else { continue }
      switch scalar.value {
      case 0x3041...0x30FF: counts["ja", default: 0] += 2
      case 0x4E00...0x9FFF: counts["zh", default: 0] += 1
      case 0xAC00...0xD7A3: counts["ko", default: 0] += 1
      case 0x0E00...0x0E7F: counts["th", default: 0] += 1
      default: continue
      }
    }
    let all = min(words.words.count, 200)
    return counts.sorted { $0.key < $1.key }.max { $0.value < $1.value }
      .flatMap { $0.value * 2 > all ? $0.key : nil }
  }

  private static let lists: [(language: String, words: String)] = [
    (
      "id",
      "yang dan di untuk dengan dari pada dalam ini itu oleh akan telah juga karena tidak adalah ke"
    ),
    ("en", "the of and to in for with that is was by from on has are were which this"),
    ("fr", "le les des et une dans est pour qui sur par avec ce sont aux"),
    ("de", "der die und das den von mit ist im fur auf nicht ein eine dem"),
    ("es", "el los las una por con para del que se su al como"),
    ("ru", "и в на не что по с из за от к как это его для"),
    ("ar", "في من على الى ان عن التي هذا الذي مع"),
  ]

  /// The place of the list that a word is in, by the word's hash.
  private static let functionWords: [UInt64: Int] = {
    var table: [UInt64: Int] = [:]
    for (language, list) in lists.enumerated() {
      for word in Words(list.words).words { table[word.hash] = language }
    }
    return table
  }()
}
