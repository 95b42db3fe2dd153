import Foundation

/// Feed documents as publishers write them, made up and the same in every run: 20 to 50 entries, 2 to 8 KB
/// of HTML in each, escaped or in CDATA, with the fields that usual software adds.
struct FeedShape {
  /// The words of one language.
  enum Language: String, CaseIterable {
    case english = "en"
    case indonesian = "id"
    case german = "de"
    case russian = "ru"
    case japanese = "ja"

    fileprivate var stock: [String] {
      switch self {
      case .english: Self.words("the market fell after government’s talks “failed” said and of in")
      case .indonesian: Self.words("gempa di yang warga pemerintah harga kota naik dan bupati")
      case .german: Self.words("die Regierung für über nächste Woche öffnet Märkte und Straße groß")
      case .russian:
        Self.words("правительство сообщило что рынок вырос после переговоров в городе и")
      case .japanese: Self.words("政府は 市場が 午後に 発表した 東京の 会談で 地震 住民")
      }
    }

    private static func words(_ text: String) -> [String] {
      text.split(separator: " ").map(String.init)
    }
  }

  let language: Language
  let seed: UInt64

  /// An RSS feed whose content stands in CDATA, or escaped in its descriptions.
  func rss(escaped: Bool, encoding: String = "UTF-8") -> String {
    var random = Stream(state: seed)
    let items = (0..<20 + random.below(31)).map { item($0, escaped: escaped, &random) }
    return """
      <?xml version="1.0" encoding="\(encoding)"?>
      <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
      \txmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
      \txmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:media="http://search.yahoo.com/mrss/">
      <channel>
      \t<title>\(text(3, &random))</title>
      \t<atom:link href="https://n.example/feed/" rel="self" type="application/rss+xml" />
      \t<link>https://n.example</link>
      \t<description>\(text(8, &random))</description>
      \t<lastBuildDate>Thu, 16 May 2024 12:27:00 +0000</lastBuildDate>
      \t<language>\(language.rawValue)</language>
      \t<sy:updatePeriod>hourly</sy:updatePeriod>
      \(items.joined(separator: "\n"))
      </channel>
      </rss>
      """
  }

  private func item(_ number: Int, escaped: Bool, _ random: inout Stream) -> String {
    let address = "https://n.example/2024/05/\(seed)-\(number)/a-title-in-words/"
    let html = html(2_000 + random.below(6_000), &random)
    let body =
      escaped
      ? "<description>\(Self.escaped(html))</description>"
      : "<description><![CDATA[<p>\(text(40, &random))</p>]]></description>\n"
        + "\t\t<content:encoded><![CDATA[\(html)]]></content:encoded>"
    return """
      \t<item>
      \t\t<title>\(text(9, &random))\(random.below(3) == 0 ? " &#8211; &amp; more" : "")</title>
      \t\t<link>\(address)</link>
      \t\t<comments>\(address)#respond</comments>
      \t\t<dc:creator><![CDATA[\(text(2, &random))]]></dc:creator>
      \t\t<pubDate>Thu, \(10 + number % 18) May 2024 12:\(10 + number % 50):00 +0000</pubDate>
      \t\t<category><![CDATA[\(text(1, &random))]]></category>
      \t\t<category><![CDATA[\(text(2, &random))]]></category>
      \t\t<guid isPermaLink="false">https://n.example/?p=\(seed)\(number)</guid>
      \t\t<media:content url="https://n.example/i/\(number).jpg" type="image/jpeg" width="1200" height="800" />
      \t\t\(body)
      \t\t<slash:comments>0</slash:comments>
      \t</item>
      """
  }

  /// An Atom feed, its content of type `html` or `xhtml`.
  func atom(xhtml: Bool) -> String {
    var random = Stream(state: seed)
    let entries = (0..<20 + random.below(31)).map { number in
      let html = html(2_000 + random.below(6_000), &random)
      let content =
        xhtml
        ? "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\(html)</div></content>"
        : "<content type=\"html\" xml:base=\"https://n.example/\">\(Self.escaped(html))</content>"
      return """
          <entry>
            <title type="html">\(text(9, &random))</title>
            <link rel="alternate" type="text/html" href="https://n.example/\(seed)/\(number)" />
            <id>tag:n.example,2024:\(seed).\(number)</id>
            <published>2024-05-16T12:27:00+02:00</published>
            <updated>2024-05-17T12:27:00Z</updated>
            <author><name>\(text(2, &random))</name><uri>https://n.example/who</uri></author>
            <category term="\(text(1, &random))" scheme="https://n.example" />
            <summary type="html">\(text(30, &random))</summary>
            \(content)
          </entry>
        """
    }
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(language.rawValue)">
        <title>\(text(3, &random))</title>
        <link rel="self" href="https://n.example/atom" />
        <updated>2024-05-17T12:27:00Z</updated>
        <id>tag:n.example,2024:feed</id>
      \(entries.joined(separator: "\n"))
      </feed>
      """
  }

  // MARK: Words

  private func text(_ words: Int, _ random: inout Stream) -> String {
    let stock = language.stock
    return (0..<words).map { _ in stock[random.below(stock.count)] }
      .joined(separator: language == .japanese ? "" : " ")
  }

  /// About `size` bytes of paragraphs with links and images.
  private func html(_ size: Int, _ random: inout Stream) -> String {
    var html =
      "<figure><img src=\"https://n.example/i/1.jpg\" alt=\"\" width=\"1024\" /></figure>\n"
    while html.utf8.count < size {
      html += "<p>\(text(20 + random.below(40), &random)) <a href=\"https://n.example/?a=1\">"
      html += "\(text(3, &random))</a>, <strong>\(text(4, &random))</strong>.</p>\n"
    }
    return html
  }

  private static func escaped(_ html: String) -> String {
    html.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
  }
}

/// Numbers that look random and are the same in every run.
struct Stream {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
