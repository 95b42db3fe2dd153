import Testing

@testable import Text

@Suite("A character reference") struct CharacterReferenceTests {
  @Test(arguments: [
    ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"),
    ("&rsquo;&mdash;&aacute;&nbsp;&shy;", "’—á\u{a0}\u{ad}"),
    ("&lang;&rang;", "⟨⟩"),
    ("&#8230;&#x2026;&#X2026;", "………"),
    ("&#65&#66;", "AB"),
    ("&#145;&#150;&#128;", "‘–€"),
    ("AT&T &; &# &#; &#x; & &unknown; &id;", "AT&T &; &# &#; &#x; & &unknown; &id;"),
    ("&copy 2024 &copy2024", "© 2024 &copy2024"),
    ("&amp;lt;", "&lt;"),
    ("a&lt", "a<"), ("&", "&"), ("&a", "&a"), ("", ""),
    ("caf\u{e9}", "café"),
  ])
  func `is decoded once`(text: String, decoded: String) {
    #expect(CharacterReference.decode(text.utf8) == decoded)
  }

  @Test(arguments: [
    "&#0;", "&#8;", "&#x1F;", "&#127;", "&#xD800;", "&#xDFFF;", "&#xFFFE;", "&#x110000;",
    "&#99999999999999999999;", "&#xFFFFFFFFFFFFFFFFFF;", "&#129;", "\u{8}\u{b}\u{1f}\u{7f}\0",
  ])
  func `that names no character, or a control, gives nothing`(text: String) {
    #expect(CharacterReference.decode(text.utf8) == "")
  }

  @Test(arguments: [
    ("&#226;&#128;&#166;", "…"),
    ("&#xC3;&#xA9;", "é"),
    // The lead says how many follow: what stands behind is a character of its own.
    ("&#195;&#169;&#169;", "é©"),
    ("&#195;&#169;&#195;&#169;", "éé"),
    ("&#240;&#159;&#152;&#128;", "😀"),
    ("&#233;", "é"),
    ("&#233;&#32;&#169;", "é ©"),
    ("&#195;", "Ã"),
    ("&#226;&#128;x", "â€x"),
  ])
  func `in a row that is UTF-8 is decoded as such`(text: String, decoded: String) {
    #expect(CharacterReference.decode(text.utf8) == decoded)
  }

  @Test(arguments: [
    ("/a?b=1&copy=3&lang=id", "/a?b=1&copy=3&lang=id"),
    ("/a?b=1&amp;c=2", "/a?b=1&c=2"),
    ("/a?b&copy", "/a?b&copy"),
    ("/a?b=1&#38;c=2", "/a?b=1&c=2"),
  ])
  func `in an address needs its semicolon`(text: String, decoded: String) {
    #expect(CharacterReference.decode(text.utf8, inAddress: true) == decoded)
  }

  @Test func `before an equals sign is a parameter in any text`() {
    #expect(CharacterReference.decode("see /a?b=1&copy=3".utf8) == "see /a?b=1&copy=3")
  }

  @Test func `makes bytes that are no UTF-8 visible`() {
    #expect(CharacterReference.decode([0x61, 0xFF, 0x62]) == "a\u{fffd}b")
  }
}
