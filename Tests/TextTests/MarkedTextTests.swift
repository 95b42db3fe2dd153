import Support
import Testing
import Text

@Suite("A marked text") struct MarkedTextTests {
  func plain(_ old: String, _ new: String) -> String {
    MarkedText(from: old, to: new).pieces.map { piece in
      switch piece {
      case .same(let text): text
      case .removed(let text): "[-\(text)-]"
      case .added(let text): "{+\(text)+}"
      }
    }.joined()
  }

  @Test(arguments: [
    ("Gempa kecil di Palu.", "Gempa besar di Palu!", "Gempa [-kecil-]{+besar+} di Palu!"),
    ("Gempa di Palu", "Gempa besar di Palu", "Gempa {+besar +}di Palu"),
    ("Gempa besar di Palu", "Gempa di Palu", "Gempa [-besar -]di Palu"), ("", "a b", "{+a b+}"),
    ("a b", "", "[-a b-]"), ("a", "a b.", "a {+b.+}"), ("a b.", "a", "a[-b.-]"), ("x", "x", "x"),
    ("12 komentar", "15 komentar", "[-12-]{+15+} komentar"), ("a\nb", "a\nc\nb", "a\n{+c\n+}b"),
  ]) func `shows what went and what came`(old: String, new: String, marked: String) {
    #expect(plain(old, new) == marked)
    #expect(MarkedText(from: old, to: new).isSame == (old == new))
  }

  @Test(arguments: 0..<20) func `holds all of the new text`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func text() -> String {
      (0..<Int.random(in: 0...20, using: &random)).map { _ in
        ["a", "b", "B", "c", ",", "\n", " ", "12", "地"][Int.random(in: 0..<9, using: &random)]
      }.joined(separator: Bool.random(using: &random) ? " " : "")
    }
    for _ in 0..<100 {
      let (old, new) = (text(), text())
      let kept = MarkedText(from: old, to: new).pieces.map { piece in
        switch piece {
        case .same(let text), .added(let text): text
        case .removed: ""
        }
      }
      #expect(kept.joined() == new, "seed \(seed): '\(old)' '\(new)'")
    }
  }
}
