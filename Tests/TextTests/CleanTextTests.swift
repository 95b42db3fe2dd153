import Support
import Testing

@testable import Text

@Suite("A look at bytes") struct UTF8SurveyTests {
  @Test(
    arguments: [
      ("plain", 0, 0, false), ("", 0, 0, false), ("tab\tand\r\nline", 0, 0, false),
      ("Путин сказал", 11, 0, false), ("中国 “x” é 😀", 6, 0, false),
      ("a\u{8}bcdefghi", 0, 0, true), ("abcdefgh\u{7f}", 0, 0, true), ("\0", 0, 0, true),
      ("Привет\u{1f}", 6, 0, true), ("\u{85}", 1, 0, false),
    ] as [(String, Int, Int, Bool)])
  func `tells characters of several bytes, and controls`(
    text: String, sequences: Int, bad: Int, hasControls: Bool
  ) {
    let survey = UTF8Survey(Array(text.utf8))
    #expect(survey.sequences == sequences && survey.bad == bad)
    #expect(survey.hasControls == hasControls && survey.isASCII == (sequences + bad == 0))
  }

  /// Of a decoder that puts U+FFFD for each bad piece, the same count.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `finds as many bad pieces as a decoder replaces`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let good = Array("abcdefgh Путин 中国 😀é “x” \u{10ffff}\u{800}\u{d7ff}".utf8)
    for round in 0..<20_000 {
      var bytes = (0..<Int.random(in: 1...3, using: &random)).flatMap { _ in good }
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let survey = UTF8Survey(bytes)
      let replaced = text.unicodeScalars.count { $0 == "\u{fffd}" }
      #expect(survey.bad == replaced, "seed \(seed), round \(round)")
      #expect(
        survey.sequences == text.unicodeScalars.count { $0.value >= 0x80 } - replaced,
        "seed \(seed), round \(round)")
      #expect(survey.hasControls == bytes.contains(where: UTF8Survey.isControl))
    }
  }

  @Test func `ends where more is bad than was asked for`() {
    #expect(UTF8Survey([0xFF, 0xFF, 0xFF, 0x41], badLimit: 1).bad == 2)
  }
}

@Suite("A clean text") struct CleanTextTests {
  @Test func `holds no controls and no bad bytes`() {
    let text = CleanText([0x61, 0x00, 0xFF, 0x62, 0x7F, 0x0A, 0xC3, 0xA9])
    #expect(text.string(text.bytes.indices) == "a\u{fffd}b\né")
  }

  @Test func `is cut anywhere`() {
    let text = CleanText(Array("aé中😀".utf8))
    for start in 0...text.bytes.count {
      for end in start...text.bytes.count {
        #expect(
          text.string(start..<end) == String(decoding: text.bytes[start..<end], as: UTF8.self))
      }
    }
  }

  @Test func `has its references decoded once`() {
    let text = CleanText(Array("x&amp;lt;&#233;".utf8))
    var room: [UInt8] = []
    #expect(text.decoded(text.bytes.indices, room: &room) == "x&lt;é" && room.isEmpty)
    #expect(text.decoded(0..<1, room: &room) == "x")
  }
}

@Suite("A line") struct LineTests {
  @Test(arguments: [
    "a", "a b", "Q&A", "a < b", "Путин “x” – é 中国 😀", "a\u{200d}b", "", " a", "a ", "a  b", "a\tb",
    "a\u{a0}b", "a\u{ad}b", "a\u{3000}b", "a\u{200b}b", "a\u{2028}b", "a\u{202e}b", "\u{feff}a",
    "a\u{61c}b", "a\u{1680}b", "a\u{85}b", "a\u{7f}b", "a\u{2060}b", "a\u{205f}b", "a\u{fffe}b",
  ])
  func `that is taken as it stands is what a look at each character makes of it`(text: String) {
    let bytes = Array(text.utf8)
    guard PlainText.isLine(bytes, bytes.indices) else { return }
    let kept = text.unicodeScalars.filter { !PlainText.isInvisible($0) }
    #expect(kept.elementsEqual(text.unicodeScalars))
    #expect(text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace || $0 == " " })
    #expect(!text.hasPrefix(" ") && !text.hasSuffix(" ") && !text.contains("  "))
  }

  @Test func `of every white or invisible character is looked at`() {
    for value in 0...0x10FFFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value), scalar != " ",
        scalar.properties.isWhitespace || PlainText.isInvisible(scalar)
      else { continue }
      let bytes = Array("a\(String(scalar))b".utf8)
      #expect(!PlainText.isLine(bytes, bytes.indices), "U+\(String(value, radix: 16))")
    }
  }
}
