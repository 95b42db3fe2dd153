import Core
import Foundation
import Parsing

/// Documents of 20 MB that were made to cost time: each must be read in under a second.
struct Hostile {
  static let size = 20_000_000

  let name: String
  let bytes: @Sendable () -> [UInt8]

  private init(_ name: String, _ text: @escaping @Sendable () -> String) {
    (self.name, bytes) = (name, { Array(text().utf8) })
  }

  static let documents: [Hostile] = [
    Hostile("open tags") { item(fill("<b>")) },
    Hostile("nested tags") { item(fill("<b>", size / 2) + fill("</b>", size / 2)) },
    Hostile("stray ends") { item(String(repeating: "<a>", count: 4_000) + fill("</b>")) },
    Hostile("attributes") { item("<a " + fill("b='c' ") + "/>") },
    Hostile("text") { item("<title>" + fill("word ") + "</title>") },
    Hostile("CDATA") { item("<description><![CDATA[" + fill("]] ") + "]]></description>") },
    Hostile("references") { item("<description>" + fill("&amp;&#233;") + "</description>") },
    Hostile("categories") { item(fill("<category>x</category>")) },
    Hostile("items") { "<rss><channel>" + fill("<item><title>A</title></item>") },
    Hostile("bare items") { "<rss><channel>" + fill("<item>") },
    Hostile("items with bad dates") { "<rss>" + fill("<item><pubDate>x</pubDate></item>\n") },
    Hostile("namespaces") { item(fill("<a xmlns:b='c'>")) },
    Hostile("items with namespaces") {
      "<rss>" + fill("<item xmlns:a='https://search.yahoo.com/mrss/'/>")
    },
    Hostile("bases") { item(fill("<a xml:base='/b'>")) },
    Hostile("items with long bases") {
      "<rss>"
        + fill("<item xml:base='/\(String(repeating: "b/", count: 400))'><link>x</link></item>")
    },
    Hostile("open comments") { item(fill("<!-- ")) },
    Hostile("open CDATA") { item(fill("<![CDATA[")) },
    Hostile("lost quotes") { item(fill("<a b=\"c>")) },
    Hostile("`<`") { item(fill("<")) },
    Hostile("images of a pixel") {
      item("<description><![CDATA[" + fill("<img width=1 height=1 src=/a>") + "]]>")
    },
    Hostile("bad GB18030", in: "GB18030"), Hostile("bad EUC-JP", in: "EUC-JP"),
    Hostile("bad Shift_JIS", in: "Shift_JIS"), Hostile("bad UTF-8", in: "UTF-8"),
    Hostile("half bad GB18030", in: "GB18030", of: [0x81, 0x40, 0xFF]),
    Hostile("half bad UTF-8", in: "UTF-8", of: [0xC3, 0xA9, 0xC3, 0xA9, 0xC3, 0xA9, 0xFF]),
    Hostile("half a pair in UTF-16", in: "UTF-16", of: [0x3D, 0xD8], mark: [0xFF, 0xFE]),
  ]

  /// A document that is said to be in an encoding, full of bytes that are none of it.
  private init(
    _ name: String, in encoding: String, of bad: [UInt8] = [0xFF], mark: [UInt8] = []
  ) {
    self.name = name
    bytes = {
      let head = "<?xml version='1.0' encoding='\(encoding)'?>" + Self.item("<title>")
      let start = mark.isEmpty ? Array(head.utf8) : mark + head.utf8.flatMap { [$0, 0] }
      return start + (0..<Self.size / bad.count).flatMap { _ in bad }
    }
  }

  /// Contents of 4 MiB that cost time where they are printed.
  static let printed: [Hostile] = [
    Hostile("paragraphs, printed") {
      item(content(String(repeating: "<b>", count: 250) + fill("<p>", 1 << 22)))
    },
    Hostile("cells, printed") { item(content("<table><tr>" + fill("<td>", 1 << 22))) },
    Hostile("stray ends, printed") {
      item(content(String(repeating: "<b>", count: 255) + fill("</i>", 1 << 22)))
    },
    Hostile("dropped, printed") {
      item(content(fill("<svg>", 1 << 21) + fill("</form>", 1 << 21)))
    },
    Hostile("links, printed") { item(content(fill("<a href=x>", 1 << 22))) },
    Hostile("sources, printed") { item(content("<img srcset='" + fill("a 1x,", 1 << 22) + "'>")) },
  ]

  private static func content(_ html: String) -> String {
    "<content:encoded><![CDATA[" + html + "]]></content:encoded>"
  }

  /// The least of three printings of what was read.
  var printing: Double {
    let feed = try? ParsedFeed(
      parsing: bytes(), base: "https://n.example/", contentType: nil, contentLanguage: nil)
    return ParseBenchmark.processSeconds(rounds: 3) { _ = feed?.json } * 1_000
  }

  private static func fill(_ piece: String, _ bytes: Int = size) -> String {
    String(repeating: piece, count: bytes / piece.utf8.count)
  }

  private static func item(_ inside: String) -> String {
    "<rss version='2.0'><channel><title>T</title><item><title>A</title>" + inside
  }

  /// The least of three readings, up to the articles.
  var milliseconds: Double {
    let bytes = bytes()
    let followed = Feed(id: Feed.ID("wire"), url: "https://n.example/")
    return ParseBenchmark.processSeconds(rounds: 3) {
      let feed = try? ParsedFeed(
        parsing: bytes, base: followed.url, contentType: nil, contentLanguage: nil)
      _ = feed?.keyed(in: followed, seen: .distantPast)
    } * 1_000
  }
}
