import Support
import Testing

@testable import Parsing

@Suite("Decoding") struct DecodingTests {
  func text(_ bytes: [UInt8], _ type: String? = nil) throws -> String {
    String(decoding: try Decoding(bytes, contentType: type).bytes, as: UTF8.self)
  }

  static func xml(_ encoding: String, _ bytes: [UInt8]) -> [UInt8] {
    Array("<?xml version='1.0' encoding='\(encoding)'?>".utf8) + bytes
  }

  @Test(
    arguments: [
      ("windows-1251", [0xCF, 0xF3, 0xF2, 0xE8, 0xED], "Путин"),
      ("koi8-r", [0xF0, 0xD5, 0xD4, 0xC9, 0xCE], "Путин"),
      ("iso-8859-1", [0x93, 0xE9, 0x94], "“é”"),
      ("us-ascii", [0x93, 0xE9, 0x94], "“é”"),
      ("windows-1256", [0xE3, 0xD5, 0xD1], "مصر"),
      ("iso-8859-9", [0xFE, 0xF0], "şğ"),
      ("gb2312", [0xD6, 0xD0, 0xB9, 0xFA], "中国"),
      // Only in GBK, which the name does not cover.
      ("gb2312", [0xE9, 0x46, 0xD6, 0xD0], "镕中"),
      ("big5", [0xA4, 0xA4, 0xB0, 0xEA], "中國"),
      ("shift_jis", [0x93, 0xFA, 0x96, 0x7B], "日本"),
      ("euc-jp", [0xC6, 0xFC, 0xCB, 0xDC], "日本"),
      ("euc-kr", [0xC7, 0xD1, 0xB1, 0xB9], "한국"),
      ("tis-620", [0xE4, 0xB7, 0xC2], "ไทย"),
      ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x4B, 0x5C, 0x1B, 0x28, 0x42], "日本"),
      ("hz-gb-2312", Array("~{VP9z~} a~~b~\nc~{VP".utf8), "中国 a~bc中"),
      ("HZ", Array("~{VP\n~} ~x ~".utf8), "中\n~} ~x ~"),
      // What cannot be so is not believed.
      ("utf-16", Array("é".utf8), "é"), ("iso-8859-1", Array("“é”".utf8), "“é”"),
      ("no-such-set", [0x93, 0xE9, 0x94], "“é”"), ("utf-7", [0x93, 0xE9, 0x94], "“é”"),
      ("utf-8", [0x93, 0xE9, 0x94], "“é”"), ("../../x//IGNORE", [0x93, 0xE9, 0x94], "“é”"),
      ("iso-2022-nowhere", Array("plain".utf8), "plain"), ("iso-2022-jp", Array("é".utf8), "é"),
      ("", [0xE9], "é"),
    ] as [(String, [UInt8], String)])
  func `follows what a document declares where its bytes allow it`(
    name: String, bytes: [UInt8], expected: String
  ) throws {
    let decoded = try text(Self.xml(name, bytes))
    #expect(decoded.hasSuffix("?>" + expected))
  }

  @Test(
    arguments: [
      ([0xEF, 0xBB, 0xBF, 0x61, 0xC3, 0xA9], "aé"),
      ([0xFF, 0xFE, 0x61, 0, 0xE9, 0], "aé"), ([0xFE, 0xFF, 0, 0x61, 0, 0xE9], "aé"),
      ([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "a"), ([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61], "a"),
      ([0x3C, 0, 0x3F, 0], "<?"), ([0, 0x3C, 0, 0x3F], "<?"), ([0x3C, 0, 0x66, 0], "<f"),
      ([0x7B, 0, 0x20, 0], "{ "), ([0xFF, 0xFE, 0x61], "\u{fffd}"), ([0xFF, 0xFE], ""), ([], ""),
      ([0xFF, 0xFE, 0x3D, 0xD8, 0, 0xDE, 0x3D, 0xD8, 0x61, 0], "😀\u{fffd}a"),
    ] as [([UInt8], String)])
  func `follows a byte order mark, or zeros, before all`(bytes: [UInt8], expected: String) throws {
    #expect(try text(bytes, "text/xml; charset=koi8-r").trimmingReplacements == expected)
  }

  @Test(arguments: [
    ("text/xml; charset=windows-1251", "windows-1251"), ("text/xml;charset=\"UTF-8\"", "utf-8"),
    ("text/xml; charset=a; charset=b", "a"), ("text/xml; CHARSET='Koi8-R' ; x", "koi8-r"),
    ("text/xml", ""), ("text/xml; charset=", ""),
  ])
  func `takes the first charset of a header`(header: String, name: String) {
    #expect(Decoding.charset(header) == name.nonEmpty)
  }

  @Test(arguments: [
    ("ISO-8859-1", "WINDOWS-1252"), ("iso_8859-1:1987", "WINDOWS-1252"), ("latin1", "WINDOWS-1252"),
    ("US-ASCII", "WINDOWS-1252"), ("l1", "WINDOWS-1252"), ("cp1252", "WINDOWS-1252"),
    ("gb2312", "GB18030"), ("GBK", "GB18030"), ("x-gbk", "GB18030"), ("Shift_JIS", "CP932"),
    ("x-sjis", "CP932"), ("windows-31j", "CP932"), ("EUC-JP", "EUC-JP-MS"),
    ("ks_c_5601-1987", "CP949"), ("euc-kr", "CP949"), ("big5", "BIG5-HKSCS"), ("TIS-620", "CP874"),
    ("iso-8859-11", "CP874"), ("iso-8859-9", "WINDOWS-1254"), ("latin5", "WINDOWS-1254"),
    ("utf8", "UTF-8"), ("UTF-16", "UTF-8"), ("x-cp1251", "WINDOWS-1251"),
    ("cp1251", "WINDOWS-1251"),
    ("iso8859-2", "ISO-8859-2"), ("iso88595", "ISO-8859-5"), ("iso-8859-8-i", "ISO-8859-8"),
    ("koi8_r", "KOI8-R"), ("x-mac-cyrillic", "MAC-CYRILLIC"), ("ibm866", "CP866"),
    (" iso-2022-jp ", "ISO-2022-JP"), ("nonsense", "NONSENSE"),
  ])
  func `takes labels as the WHATWG's standard maps them`(label: String, name: String) {
    #expect(EncodingLabel.canonical(label) == name)
    guard name != "UTF-8", name != "NONSENSE" else { return }
    #expect((try? Iconv.decode([0x61], from: name))?.bytes == [0x61])
  }

  @Test(arguments: [
    "<meta charset=windows-1251>", "<html><META CHARSET=\"Windows-1251\">",
    "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>",
    "<meta name=x><meta charset='windows-1251'/>",
  ])
  func `of a page follows what its head declares`(head: String) throws {
    #expect(try text(Array(head.utf8) + [0xCF, 0xF3]).hasSuffix("Пу"))
    #expect(try text(Array("<p>charset=windows-1251</p>".utf8) + [0xCF, 0xF3]).hasSuffix("Ïó"))
  }

  @Test func `takes the document's word where the header's set does not have its bytes`() throws {
    let bytes = Self.xml("windows-1251", [0xCF, 0xF3, 0xF2, 0xE8, 0xED])
    for type in ["big5", "nonsense", "utf-8"] {
      #expect(try text(bytes, "text/xml; charset=\(type)").hasSuffix("Путин"), "\(type)")
    }
    // A byte that is none of the header's set is damage, where the rest is.
    let chinese = Self.xml(
      "iso-8859-1", Array(repeating: [0xD6, 0xD0], count: 20).flatMap(\.self) + [0xFF])
    #expect(try text(chinese, "text/xml; charset=gb2312").hasSuffix("中中\u{fffd}"))
  }

  @Test func `prefers the header to the document, and the bytes to both`() throws {
    let cyrillic = Self.xml("koi8-r", [0xCF, 0xF3, 0xF2, 0xE8, 0xED])
    #expect(try text(cyrillic, "text/xml; charset=windows-1251").hasSuffix("Путин"))
    #expect(try text(Self.xml("koi8-r", Array("Путин".utf8)), "a; charset=gbk").hasSuffix("Путин"))
  }

  /// As UTF-8 these are `ЦРН`, one more, and two with a letter of three bytes.
  @Test(arguments: [
    ("gb2312", [0xD0, 0xA6, 0xD0, 0xA0, 0xD0, 0x9D], "笑袪袧"), ("euc-kr", [0xC7, 0xA1], "퐈"),
    ("gbk", [0xD0, 0xA6, 0xD0, 0xA0, 0xD0, 0x9D, 0xD0, 0xA6], "ЦРНЦ"),
    ("gbk", [0xD0, 0xA6, 0xE2, 0x80, 0x99], "Ц’"), ("windows-1251", [0xD0, 0xA6], "Ц"),
  ])
  func `believes a declared set of double bytes where little of it could be UTF-8`(
    name: String, bytes: [UInt8], expected: String
  ) throws {
    #expect(try text(Self.xml(name, bytes)).hasSuffix("?>" + expected))
    // What the document itself calls UTF-8 is, whatever its server says.
    let header = "text/xml; charset=\(name)"
    let utf8 = String(decoding: bytes, as: UTF8.self)
    #expect(try text(Self.xml("utf-8", bytes), header).hasSuffix("?>" + utf8))
  }

  @Test(arguments: ["GB18030", "EUC-JP", "Shift_JIS", "Big5"])
  func `gives up a declared set that most bytes are none of`(name: String) throws {
    let bytes = [UInt8](repeating: 0xFF, count: 5_000)
    let decoded = try Decoding(Self.xml(name, bytes), contentType: nil)
    #expect(decoded.warning == "line 1: not UTF-8, read as windows-1252")
  }

  @Test(arguments: ["text/xml; charset=ISO-8859-1", "text/xml; charset=windows-1251", "text/xml"])
  func `of one bad byte makes one bad character, whatever is declared`(type: String) throws {
    let decoded = try Decoding(
      Self.xml("utf-8", Array("“Jokowi” – “é”".utf8) + [0xFF] + Array("é".utf8)), contentType: type)
    #expect(String(decoding: decoded.bytes, as: UTF8.self).hasSuffix("“Jokowi” – “é”\u{fffd}é"))
    #expect(decoded.warning == "line 1: 1 characters are not UTF-8")
  }

  /// The tables and the copied runs must not change what iconv says.
  @Test(arguments: [
    "WINDOWS-1252", "WINDOWS-1251", "KOI8-R", "ISO-8859-2", "CP874", "GB18030", "CP932",
    "EUC-JP-MS", "CP949", "BIG5-HKSCS",
  ])
  func `by a table or in pieces is what iconv makes of the whole`(name: String) throws {
    var random = SeededGenerator(seed: 11)
    for round in 0..<200 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let isASCII = Bool.random(using: &random)
        let range: ClosedRange<UInt8> = isASCII ? 0x20...0x7E : 0x40...0xFE
        for _ in 0..<Int.random(in: 1...90, using: &random) {
          bytes.append(.random(in: range, using: &random))
        }
      }
      let whole = try Iconv.decode(bytes[...], from: name, inPieces: false)
      guard EncodingLabel.isSingleByte(name) else {
        let made = try Iconv.decode(bytes[...], from: name)
        #expect(made.bytes == whole.bytes && made.bad == whole.bad, "round \(round)")
        continue
      }
      let table = try SingleByteTable.named(name)
      #expect(table.decode(bytes[...]) == whole.bytes, "round \(round)")
      #expect(table.survey(bytes[...]) == (whole.bad, bytes.contains(0x7F)), "round \(round)")
    }
  }

  /// A set with one byte for each character is decoded field by field; it must not show.
  @Test func `of a set of single bytes gives what UTF-8 of the same would`() throws {
    let document = """
      <?xml version='1.0' encoding='ENCODING'?><rss xml:base='/п/'><channel><title>Мир © сейчас\u{8}</title>
      <item><title> Путин\u{a0} &amp; Си\u{7f} </title><link>новости?a=1&amp;b=2</link><guid>г&#1076;</guid>
      <description>&lt;p>Привет&lt;/p>&lt;img src='рис.png'></description><dc:creator><![CDATA[Иван]]> П&eacute;</dc:creator>
      <content:encoded><![CDATA[<p>Т<!-- х -->екст]]></content:encoded><category>Мир</category>
      <enclosure url='/звук.mp3' type='аудио/mp3'/><author><name>Я</name><email>я@n.example</email></author>
      <pubDate>Чт, 16 мая 2024 08:27 MSK</pubDate></item></channel></rss>
      """
    func feed(_ bytes: [UInt8]) throws -> ParsedFeed {
      try ParsedFeed(
        parsing: bytes, base: "https://n.example/", contentType: nil, contentLanguage: nil)
    }
    let wanted = try feed(Array(document.replacing("ENCODING", with: "UTF-8").utf8))
    #expect(wanted.entries[0].authors.contains("Иван Пé") && wanted.title == "Мир © сейчас")
    for name in ["WINDOWS-1251", "KOI8-R"] {
      // What the set does not have stands as a reference in both.
      let text = document.replacing("ENCODING", with: name)
      let bytes = try encoded(text, as: name)
      #expect(try feed(bytes) == wanted, "\(name)")
    }
  }

  private func encoded(_ text: String, as name: String) throws -> [UInt8] {
    let table = try SingleByteTable.named(name)
    let known = Dictionary(
      (UInt8.min...UInt8.max).map { (table.decode([$0]), $0) }, uniquingKeysWith: { one, _ in one })
    return try text.unicodeScalars.map { try #require(known[Array(String($0).utf8)], "\($0)") }
  }

  @Test func `goes on behind what a declared set does not have`() throws {
    let bytes = Self.xml("shift_jis", [0x93, 0xFA, 0xFF, 0x96, 0x7B, 0x93])
    #expect(try text(bytes).hasSuffix("日\u{fffd}本\u{fffd}"))
  }
}

extension String {
  /// Two bad units in a row may come as one replacement or as several.
  fileprivate var trimmingReplacements: String {
    replacing("\u{fffd}\u{fffd}", with: "\u{fffd}")
  }
}
