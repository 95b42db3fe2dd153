import Parsing

/// Documents of 20 MB that were made to cost time: each must be read in under a second.
enum Hostile {
  static let size = 20_000_000

  static let documents: [(name: String, text: @Sendable () -> String)] = [
    ("20 MB of open tags", { item(fill("<b>")) }),
    ("20 MB of nested tags", { item(fill("<b>", size / 2) + fill("</b>", size / 2)) }),
    ("20 MB of stray ends", { item(String(repeating: "<a>", count: 4_000) + fill("</b>")) }),
    ("20 MB of attributes", { item("<a " + fill("b='c' ") + "/>") }),
    ("20 MB of text", { item("<title>" + fill("word ") + "</title>") }),
    ("20 MB in CDATA", { item("<description><![CDATA[" + fill("]] ") + "]]></description>") }),
    ("20 MB of references", { item("<description>" + fill("&amp;&#233;") + "</description>") }),
    ("20 MB of categories", { item(fill("<category>x</category>")) }),
    ("20 MB of items", { "<rss><channel>" + fill("<item><title>A</title></item>") }),
    ("20 MB of items with bad dates", { "<rss>" + fill("<item><pubDate>x</pubDate></item>\n") }),
    ("20 MB of namespaces", { item(fill("<a xmlns:b='c'>")) }),
    ("20 MB of bases", { item(fill("<a xml:base='/b'>")) }),
    ("20 MB of open comments", { item(fill("<!-- ")) }),
    ("20 MB of open CDATA", { item(fill("<![CDATA[")) }),
    ("20 MB of lost quotes", { item(fill("<a b=\"c>")) }),
    ("20 MB of `<`", { item(fill("<")) }),
  ]

  private static func fill(_ piece: String, _ bytes: Int = size) -> String {
    String(repeating: piece, count: bytes / piece.utf8.count)
  }

  private static func item(_ inside: String) -> String {
    "<rss version='2.0'><channel><title>T</title><item><title>A</title>" + inside
  }

  static func milliseconds(_ document: (name: String, text: @Sendable () -> String)) -> Double {
    let bytes = Array(document.text().utf8)
    return ParseBenchmark.processSeconds {
      _ = try? ParsedFeed(
        parsing: bytes, base: "https://n.example/", contentType: nil, contentLanguage: nil)
    } * 1_000
  }
}
