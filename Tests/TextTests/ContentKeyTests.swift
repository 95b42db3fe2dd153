import Support
import Testing
import Text

@Suite("A content key") struct ContentKeyTests {
  /// What a key is: of the first thousand scalars, all of them read.
  private func key(_ title: String, _ text: String) -> String {
    let words = Words(title + "\n" + String(text.unicodeScalars.prefix(1_000)))
    return String(words.joined.unicodeScalars.prefix(200))
  }

  /// Texts of words that are folded, parted and joined in many ways, some of them long.
  @Test(arguments: 0..<200) func `is the same however little of the text is read`(seed: UInt64) {
    let pieces = [
      "Gempa", "di", "U.S.", "1,000", "3.5", "rock'n'roll", "ÉCOLE", "e\u{301}", "新华社", "今天", "ﷺ",
      "ไทย", "«", "—", "\n", "\n\n", " ", "ß", "İstanbul", "a-b-c", "\u{200d}", "👨‍👩‍👧", "한국어",
      "http://n.example/?a=1", String(repeating: "x", count: 150), "\u{FDFA}",
    ]
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...200, using: &random)
    let words = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }
    let text = words.joined(separator: Bool.random(using: &random) ? " " : "")
    let title = words.prefix(Int.random(in: 0...10, using: &random)).joined(separator: " ")
    #expect(ContentKey.of(title: title, text: text) == key(title, text))
  }

  @Test func `is two hundred scalars of words in small letters`() {
    let text = String(repeating: "Gempa kuat. ", count: 100)
    let key = ContentKey.of(title: "Kabar", text: text)
    #expect(key.hasPrefix("kabar gempa kuat gempa kuat") && key.unicodeScalars.count == 200)
    #expect(ContentKey.of(title: "", text: "").isEmpty)
    #expect(ContentKey.of(title: "Satu", text: "dua") == "satu dua")
  }
}
