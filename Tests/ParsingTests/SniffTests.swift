import Testing

@testable import Parsing

@Suite("Sniffing") struct SniffTests {
  @Test(
    arguments: [
      ([0x1F, 0x8B, 0x08], .compressed("gzip")),
      ([0x28, 0xB5, 0x2F, 0xFD], .notAFeed(found: "zstd data", hints: [])),
      ([0x50, 0x4B, 0x03, 0x04], .notAFeed(found: "a zip archive", hints: [])),
      (Array("BZh9".utf8), .notAFeed(found: "bzip2 data", hints: [])),
      ([0xFF, 0xFB, 0x90], .notAFeed(found: "an MP3 file", hints: [])),
      (Array("RIFF0000WEBPVP8 ".utf8), .notAFeed(found: "a WebP image", hints: [])),
      (Array("\0\0\0 ftypisom".utf8), .notAFeed(found: "an MP4 file", hints: [])),
      (Array("%PDF-1.7".utf8), .notAFeed(found: "a PDF document", hints: [])),
      ([0xFF, 0xD8, 0xFF, 0xE0], .notAFeed(found: "a JPEG image", hints: [])),
      ([0x89, 0x50, 0x4E, 0x47], .notAFeed(found: "a PNG image", hints: [])),
      (Array("GIF89a".utf8), .notAFeed(found: "a GIF image", hints: [])),
      (Array("ID3".utf8), .notAFeed(found: "an MP3 file", hints: [])),
      ([], .empty), ([0xEF, 0xBB, 0xBF], .empty), (Array(" \r\n\t\0".utf8), .empty),
      (Array("hello".utf8), .notAFeed(found: "text", hints: [])),
      (Array("<svg/>".utf8), .notAFeed(found: "<svg>", hints: [])),
      (Array("<HTML><rss/></HTML>".utf8), .notAFeed(found: "<html>", hints: [])),
      (Array("<!DOCTYPE html><rss></rss>".utf8), .notAFeed(found: "<html>", hints: [])),
      (Array("<head><title>Hi</title>".utf8), .notAFeed(found: "<html>", hints: [], title: "Hi")),
      (Array("[]".utf8), .notAFeed(found: "JSON that is no feed", hints: [])),
      (Array("{\"a\":1}".utf8), .notAFeed(found: "JSON that is no feed", hints: [])),
      (
        Array("<opml><outline xmlUrl='x'/><outline/></opml>".utf8),
        .notAFeed(found: "a subscription list of 1 feed", hints: [])
      ),
    ] as [([UInt8], FeedParseError)])
  func `names what is no feed`(bytes: [UInt8], error: FeedParseError) {
    #expect(throws: error) {
      try ParsedFeed(parsing: bytes, base: nil, contentType: "text/xml", contentLanguage: nil)
    }
  }

  @Test(arguments: [
    ("<rss/>", "rss2"), ("<rss version='2.0'/>", "rss2"), ("<rss version='0.91'/>", "rss091"),
    ("<rss version='0.92'/>", "rss092"), ("<rss version='0.93'/>", "rss092"),
    ("<rss version='0.90'/>", "rss090"), ("<rss version='9' xmlns='urn:x'/>", "rss2"),
    (
      "<Channel xmlns='http://purl.org/net/rss1.1#' rdf:about='https://n.example/'/>", "rss1"
    ), ("<CHANNEL/>", "cdf"), ("<urlset/>", "sitemap"), ("<sitemapindex/>", "sitemapindex"),
    ("<rss version='0.94'/>", "rss092"), ("<x:RSS xmlns:x='y'/>", "rss2"),
    ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'/>", "rss1"),
    (
      "<rdf:RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/></rdf:RDF>", "rss090"
    ),
    ("<feed/>", "atom10"), ("<feed version='0.3'/>", "atom03"),
    ("<feed xmlns='http://purl.org/atom/ns#'/>", "atom03"), ("<entry/>", "atom10"),
    ("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}", "json1"),
    ("{\"version\":\"https://jsonfeed.org/version/1.1\"}", "json11"),
    ("\u{feff}\n<?xml version='1.0'?>\n<rss/>", "rss2"),
    ("<br><b>Warning</b>: x in <i>y</i><?xml version='1.0'?><rss/>", "rss2"),
    ("<!-- <html> --><rss/>", "rss2"), ("junk <rss>", "rss2"),
    ("<?xml version='1.1'><rss/>", "rss2"),
  ])
  func `tells the format by the root`(document: String, format: String) throws {
    let feed = try ParsedFeed(
      parsing: Array(document.utf8), base: nil, contentType: "text/html", contentLanguage: nil)
    #expect(feed.format == format)
  }
}
