/// Letters that few languages of a script write: each speaks for them.
enum TellingLetters {
  /// The languages that write a letter; nil where it tells nothing.
  static func languages(of letter: Unicode.Scalar) -> [String]? { table[letter] }

  private static let table: [Unicode.Scalar: [String]] = {
    var table: [Unicode.Scalar: [String]] = [:]
    for (letters, languages) in lists {
      for letter in letters.unicodeScalars {
        table[letter, default: []] += languages.split(separator: " ").map(String.init)
      }
    }
    return table
  }()

  private static let lists: [(letters: String, languages: String)] = [
    ("ñ¿¡", "es"), ("ã", "pt vi"), ("õ", "pt et vi"), ("ß", "de"), ("å", "sv da nb"),
    ("øæ", "da nb"),
    ("ä", "sv fi de et sk"), ("ö", "sv fi de hu tr et az"), ("ü", "de tr hu et az"),
    ("ğı", "tr az"), ("ş", "tr az"), ("ə", "az"), ("łżśźń", "pl"), ("ąę", "pl lt"),
    ("ć", "pl hr"), ("čšž", "cs sk hr lt lv"), ("řěů", "cs"), ("ľĺŕ", "sk"), ("őű", "hu"),
    ("ă", "ro vi"), ("șț", "ro"), ("âî", "ro fr"), ("đ", "vi hr"),
    ("ơưạảấầậắặẹếềệịọốồộớờợụứừự", "vi"),
    ("ç", "fr pt tr ca az sq"), ("èê", "fr"), ("ìòù", "it"), ("è", "it ca"), ("êâ", "pt vi"),
    ("ъ", "bg"), ("ыэё", "ru"), ("āēīūķļņģ", "lv"), ("ėįųū", "lt"),
  ]
}
