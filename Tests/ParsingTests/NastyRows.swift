import Core
import Foundation

@testable import Parsing

extension NastyTests {
  // MARK: What is no feed, and encodings

  static let encodings: [Row] = [
    Row(
      1, "a page with status 200",
      "<!DOCTYPE html><title>Parked</title><link rel=alternate type=application/rss+xml href=/f>",
      throws: .notAFeed(found: "<html>", hints: ["https://n.example/f"], title: "Parked")),
    Row(2, "an empty body", "", throws: .empty),
    Row(2, "only white space", " \r\n\t ", throws: .empty),
    Row(
      3, "blank lines and a BOM before the declaration", "\n\n\u{feff}  " + titled("A"), title("A")),
    Row(
      3, "a warning of PHP before it", "<br />\n<b>Warning</b>: x in <b>/y.php</b>\n" + titled("A")
    ) {
      $0.entries.first?.title == "A"
    },
    Row(
      4, "declared UTF-8, bytes windows-1252",
      titled([0x93, 0x41, 0x94, 0x92, 0x96, 0xE9], declared: "UTF-8"), title("“A”’–é")),
    Row(
      5, "the header says Latin-1, the bytes are UTF-8", Array(titled("é’").utf8),
      type: "text/xml; charset=ISO-8859-1", title("é’")),
    Row(
      5, "the declaration says so", titled(Array("é’".utf8), declared: "iso-8859-1"), title("é’")),
    Row(6, "declared UTF-16, bytes ASCII", titled(Array("A".utf8), declared: "UTF-16"), title("A")),
    Row(6, "declared UTF-16, bytes UTF-8", titled(Array("é".utf8), declared: "utf-16"), title("é")),
    Row(
      7, "declared gb2312, a character of GBK only", titled([0x96, 0x81], declared: "gb2312"),
      title("杹")),
    Row(
      7, "one of GB18030 only", titled([0x81, 0x39, 0xEF, 0x30], declared: "gb2312"), title("㐁")),
    Row(
      8, "one bad byte",
      titled(Array("é".utf8) + [0xFF] + Array("ünï".utf8), declared: "utf-8"), title("é\u{fffd}ünï")
    ),
    Row(
      51, "charset twice", Array(titled("é").utf8), type: "text/xml; charset=utf-8; charset=ascii",
      title("é")),
    Row(
      51, "an unknown charset", Array(titled("é").utf8), type: "text/xml; charset=nonsense",
      title("é")),
    Row(51, "a wrong media type", Array(titled("A").utf8), type: "image/png", title("A")),
  ]

  // MARK: Text

  static let text: [Row] = [
    Row(
      9, "entities of HTML that nobody declared",
      titled("A&nbsp;B&rsquo;s&mdash;&aacute;n&shy;g"), title("A B’s—áng")),
    Row(10, "a bare ampersand in text", titled("AT&T & Co &copy now"), title("AT&T & Co © now")),
    Row(10, "in an address", rss("<item><link>https://n.example/?a=1&copy=3&b=2</link></item>")) {
      $0.entries.first?.url == "https://n.example/?a=1&copy=3&b=2"
    },
    Row(11, "a bare less-than", titled("5 < 6 and 7 > 6"), title("5 < 6 and 7 > 6")),
    Row(
      12, "CDATA in CDATA", titled("<![CDATA[a ]]]]><![CDATA[> b]]>"), title("a ]]> b")),
    Row(
      12, "CDATA written as text inside CDATA", titled("<![CDATA[a &lt;![CDATA[ b]]>"),
      title("a <![CDATA[ b")),
    Row(
      13, "HTML escaped twice in a title", titled("Q&amp;amp;A: &amp;lt;b> tag"),
      title("Q&A: <b> tag")),
    Row(
      16, "raw controls, and references to what is no character",
      titled("a\u{8}\u{b}\u{1f}b&#8;&#x1F;&#0;&#xD800;&#x110000;c"), title("abc")),
    Row(17, "references that mean windows-1252", titled("&#145;a&#146; &#150;"), title("‘a’ –")),
    Row(18, "UTF-8 as references", titled("&#226;&#128;&#166; &#195;&#169;"), title("… é")),
    Row(
      53, "marks that nobody sees",
      titled("so\u{ad}ft\u{200b} \u{feff}a\u{202e}b\u{2066} न\u{200d}म\u{200c}"),
      title("soft ab न\u{200d}म\u{200c}")),
    Row(
      34, "HTML that is not escaped",
      rss("<item><description>a <b>c</b><br>d<img src='/x.png'> e</description></item>")
    ) {
      $0.entries.first?.summary?.contains("<b>c</b><br>d<img") == true
        && $0.entries.first?.summary?.hasSuffix("e") == true
    },
    Row(34, "in a title", titled("a <b>c</b> d"), title("a c d")),
    Row(
      33, "XHTML with prefixes",
      atom(
        "<entry><content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:p>a</x:p></x:div></content></entry>"
      )
    ) { $0.entries.first?.content?.contains("<p>a</p>") == true },
    Row(
      33, "a title of XHTML",
      atom("<entry><title type='xhtml'><div>A <b>b</b> &lt;c&gt;</div></title></entry>"),
      title("A b <c>")),
    Row(
      49, "base64 by mode",
      "<feed version='0.3'><entry><content mode='base64'>PGI+YTwvYj4=</content></entry></feed>"
    ) {
      $0.entries.first?.content == "<b>a</b>"
    },
    Row(
      49, "base64 by media type",
      atom("<entry><content type='application/octet-stream'>YQ==</content></entry>")
    ) {
      $0.entries.first?.content == "a"
    },
    Row(
      52, "comments, declarations and instructions amid all",
      rss("<!-- a -- b --><item a='1' a='2'>]]><title>A<?php x ?><![if IE]></title></item>"),
      title("A")),
  ]

  // MARK: Documents that end early

  static let damage: [Row] = [
    Row(14, "cut off between tags", String(titled("A").dropLast(16))) {
      $0.entries.map(\.title) == ["A"] && !$0.warnings.isEmpty
    },
    Row(
      14, "cut off in a tag", "<rss><channel><item><title>A</title></item><item><link>/b</link><tit"
    ) {
      $0.entries.map(\.url) == [nil, "https://n.example/b"] && !$0.warnings.isEmpty
    },
    Row(14, "cut off in a word", "<rss><channel><item><title>A</title></item><item><title>Bee") {
      $0.entries.map(\.title) == ["A", "Bee"]
    },
    Row(
      15, "cut off inside CDATA",
      "<rss><channel><item><title>A</title></item><item><title>B</title><description><![CDATA[so far"
    ) { $0.entries.count == 2 && $0.entries.last?.summary == "so far" },
    Row(
      42, "items behind the channel",
      "<rss><channel><title>T</title></channel><item><title>A</title></item></rss>", title("A")),
    Row(
      42, "items directly under the root", "<rss><item><title>A</title></item></rss>", title("A")),
    Row(42, "items that are not closed", rss("<item><title>A</title><item><title>B</title>")) {
      $0.entries.map(\.title) == ["A", "B"]
    },
    Row(
      41, "tags in any case",
      "<RSS><Channel><Item><PubDate>Thu, 16 May 2024 05:27:00 GMT</PubDate></Item></Channel></RSS>"
    ) {
      $0.entries.first?.published == Date(timeIntervalSince1970: 1_715_837_220)
    },
    Row(46, "XML 1.1", "<?xml version=\"1.1\"?>" + titled("A").dropFirst(21), title("A")),
    Row(46, "no declaration", String(titled("A").dropFirst(21)), title("A")),
    Row(46, "two declarations", "<?xml version=\"1.0\"?>" + titled("A"), title("A")),
  ]

  // MARK: Dates

  static let dates: [Row] = [
    Row(23, "text alone", rss("<item><description>Only text.</description></item>")) { feed in
      let article = NastyTests.article(feed)
      return feed.entries.first?.published == nil && feed.entries.first?.title == nil
        && article?.title == "Only text" && article?.dateSource == .seen
    },
    Row(
      23, "a first sentence of more than a hundred scalars",
      rss("<item><description>\(String(repeating: "kata ", count: 60))</description></item>")
    ) {
      NastyTests.article($0).map { (1...100).contains($0.title.unicodeScalars.count) } == true
    },
    dated(24, "a month in Indonesian", "Kamis, 16 Mei 2024 12:27 WIB", 1_715_837_220),
    dated(24, "in French", "jeu., 16 mai 2024 05:27:00 +0000", 1_715_837_220),
    dated(24, "in Russian", "Чт, 16 мая 2024 08:27:00 +0300", 1_715_837_220),
    dated(24, "in Arabic", "الخميس، 16 أيار 2024 05:27 GMT", 1_715_837_220),
    undated(24, "an unknown month", "Thu, 16 Foo 2024 12:27:00 GMT"),
    dated(25, "a year of two digits", "Thu, 01 Jan 26 00:00:00 GMT", 1_767_225_600),
    dated(25, "one of the last century", "Thu, 01 Jan 98 00:00:00 GMT", 883_612_800),
    dated(26, "EDT", "Thu, 16 May 2024 01:27:00 EDT", 1_715_837_220),
    dated(26, "a colon in the zone", "Thu, 16 May 2024 12:27:00 +07:00", 1_715_837_220),
    dated(26, "GMT and four digits", "Thu, 16 May 2024 12:27:00 GMT+0700", 1_715_837_220),
    dated(26, "GMT and one digit", "Thu, 16 May 2024 12:27:00 GMT+7", 1_715_837_220),
    dated(26, "Z", "2024-05-16T05:27:00Z", 1_715_837_220),
    dated(26, "WIB", "Thu, 16 May 2024 12:27:00 WIB", 1_715_837_220),
    dated(26, "no seconds", "Thu, 16 May 2024 05:27 GMT", 1_715_837_220),
    dated(26, "nine digits of a fraction", "2024-05-16T05:27:00.123456789Z", 1_715_837_220),
    Row(
      26, "a zone of the IANA database",
      rss("<item><pubDate>2024-05-15 22:27:00 America/Los_Angeles</pubDate></item>")
    ) {
      $0.entries.first?.publishedAs?.zone == .named("America/Los_Angeles")
    },
    Row(26, "a word that is no zone", rss("<item><pubDate>16 May 2024 05:27 XYZ</pubDate></item>"))
    {
      $0.entries.first?.published == Date(timeIntervalSince1970: 1_715_837_220)
        && $0.warnings.contains { $0.contains("unknown zone XYZ") }
    },
    dated(27, "the year 2099", "Thu, 16 May 2099 05:27:00 GMT", 4_082_592_420),
    undated(27, "day 32", "2024-05-32"), undated(27, "hour 25", "2024-05-16T25:00:00Z"),
    undated(27, "zeros", "0000-00-00"), undated(27, "the year 100", "0100-01-01"),
    undated(27, "a time of four parts", "16 May 2024 1:2:3:4"),
    Row(
      28, "no zone, and UTC lies in the future",
      rss(
        "<item><title>A</title><pubDate>16 May 2024 12:20</pubDate></item>",
        "<language>id</language>")
    ) {
      NastyTests.article($0)?.published == Date(timeIntervalSince1970: 1_715_836_800)
    },
  ]

  static func dated(_ number: Int, _ what: String, _ date: String, _ seconds: Double) -> Row {
    Row(number, what, rss("<item><title>A</title><pubDate>\(date)</pubDate></item>")) {
      $0.entries.first?.published?.timeIntervalSince1970.rounded(.down) == seconds
    }
  }

  static func undated(_ number: Int, _ what: String, _ date: String) -> Row {
    Row(number, what, rss("<item><title>A</title><pubDate>\(date)</pubDate></item>")) {
      $0.entries.first?.published == nil && $0.warnings.contains { $0.contains("no date") }
    }
  }

  /// The first article, seen 2024-05-16T05:27:00Z; Jakarta is seven hours ahead.
  static func article(_ feed: ParsedFeed) -> Article? {
    feed.articles(
      in: Feed(id: Feed.ID("wire"), url: "https://n.example/feed"),
      seen: Date(timeIntervalSince1970: 1_715_837_220)
    ) { name, _ in name == "Asia/Jakarta" ? 25_200 : nil }.first
  }
}
