/// Words of an article that change by themselves: counters of readers, how long ago, ads, links to others.
enum PassingWords {
  /// For each word whether it counts when two states of a text are compared.
  static func lasting(in words: Words) -> [Bool] {
    let folded = words.words.map(words.text)
    var counts = [Bool](repeating: true, count: folded.count)
    for line in lines(of: words) where isPassing(folded[line]) {
      for index in line { counts[index] = false }
    }
    for index in folded.indices where isNumber(folded[index]) {
      for age in ages(folded, index) { counts[age] = false }
    }
    return counts
  }

  private static func lines(of words: Words) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    for (index, word) in words.words.enumerated() {
      if let last = lines.last, words.words[last.lowerBound].paragraph == word.paragraph {
        lines[lines.count - 1] = last.lowerBound..<index + 1
      } else {
        lines.append(index..<index + 1)
      }
    }
    return lines
  }

  /// Whether a line is no part of the text: an ad's label, a link to another article, or a counter.
  ///
  /// In a whole sentence `12 komentar` may well be what it is about.
  private static func isPassing(_ line: ArraySlice<String>) -> Bool {
    if ads.contains(line.joined(separator: " ")) { return true }
    if line.count <= 30, links.contains(where: { line.count > $0.count && line.starts(with: $0) }) {
      return true
    }
    return line.count <= 6 && line.contains(where: isNumber)
      && line.contains(where: counters.contains)
  }

  /// The words of `5 menit lalu`, `2 hours ago`, `vor 3 Stunden`, `il y a 5 minutes` around a number.
  private static func ages(_ words: [String], _ number: Int) -> Range<Int> {
    guard number + 1 < words.count, units.contains(words[number + 1]) else { return 0..<0 }
    if number + 2 < words.count, after.contains(words[number + 2]) { return number..<number + 3 }
    for lead in before where number >= lead.count {
      if words[(number - lead.count)..<number].elementsEqual(lead) {
        return number - lead.count..<number + 2
      }
    }
    return 0..<0
  }

  private static func isNumber(_ word: String) -> Bool {
    word.utf8.first.map { (0x30...0x39).contains($0) } ?? false
  }

  private static func set(_ text: String) -> Set<String> {
    Set(text.split(separator: " ").map(String.init))
  }

  private static func phrases(_ texts: String...) -> [[String]] {
    texts.map { text in
      let words = Words(text)
      return words.words.map(words.text)
    }
  }

  private static let counters = set(
    """
    komentar comment comments view views dibaca dilihat kali suka likes like dibagikan share shares \
    stars star bintang commentaire commentaires vues reactions kommentar kommentare \
    aufrufe comentario comentarios commenti visualizzazioni reacties yorum комментарий комментария \
    комментариев просмотр просмотра просмотров تعليق تعليقات مشاهدة مشاهدات
    """.replacing("\n", with: " "))
  private static let units = set(
    """
    detik menit jam hari second seconds minute minutes min mins hour hours day days secondes heure \
    heures jour jours sekunden stunde stunden minuten tag tagen segundos minuto minutos hora horas dia \
    dias minuti ore giorni минут минуты минуту час часа часов день дня дней
    """.replacing("\n", with: " "))
  private static let after = set("lalu yang ago назад fa atras geleden")
  private static let before = phrases("il y a", "vor", "hace", "há")
  private static let ads: Set = [
    "advertisement", "iklan", "anzeige", "publicite", "publicidad", "publicidade", "реклама",
    "اعلان",
    "scroll to continue with content", "advertisement scroll to continue with content",
    "lanjutkan membaca artikel di bawah",
  ]
  private static let links = phrases(
    "baca juga", "simak juga", "lihat juga", "read also", "lire aussi", "lesen sie auch",
    "читайте также", "اقرأ أيضا", "相关阅读")
}
