import Text

/// Tells by its content what a document is.
enum Sniff {
  /// What a document's first bytes say that it is, where that is no text.
  static func signature(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(16)
    if head.dropFirst(4).starts(with: "ftyp".utf8) { return "an MP4 file" }
    if head.starts(with: "RIFF".utf8), head.dropFirst(8).starts(with: "WEBP".utf8) {
      return "a WebP image"
    }
    return signatures.first { head.starts(with: $0.bytes) }?.name
  }

  private static let signatures: [(bytes: [UInt8], name: String)] = [
    // gzip inside gzip: once is enough.
    ([0x1F, 0x8B], "gzip data"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd data"),
    ([0x50, 0x4B, 0x03, 0x04], "a zip archive"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz data"),
    (Array("BZh".utf8), "bzip2 data"), (Array("%PDF".utf8), "a PDF document"),
    ([0xFF, 0xD8, 0xFF], "a JPEG image"), ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
    (Array("GIF8".utf8), "a GIF image"), ([0, 0, 1, 0], "an icon"),
    (Array("ID3".utf8), "an MP3 file"), ([0xFF, 0xFB], "an MP3 file"),
    ([0xFF, 0xF3], "an MP3 file"), (Array("OggS".utf8), "an Ogg file"),
    ([0x7F, 0x45, 0x4C, 0x46], "a program"),
  ]

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0
  }

  /// Whether the first element is that of a page, before any root of a feed.
  static func isPage(_ bytes: [UInt8]) -> Bool {
    var scanner = MarkupScanner(Array(bytes.prefix(65_536)), .xml)
    let head = String(decoding: bytes.prefix(1_024), as: UTF8.self).lowercased().trimmed
    if head.hasPrefix("<!doctype html") { return true }
    while let token = scanner.next() {
      guard case .start(let name, _, _) = token else { continue }
      let full = String(decoding: scanner.bytes[name], as: UTF8.self).lowercased()
      let local = full.split(separator: ":").last.map(String.init) ?? full
      if roots.contains(local) { return false }
      if ["html", "head", "body"].contains(local) { return true }
    }
    return false
  }

  private static let roots: Set<String> = [
    "rss", "rdf", "feed", "entry", "channel", "opml", "urlset", "sitemapindex",
  ]

  /// What a page is told as: its title, and the feeds that it names.
  static func page(_ bytes: [UInt8], base: String?) -> FeedParseError {
    let links = FeedLinks(html: bytes, base: base)
    return .notAFeed(found: "<html>", hints: links.feeds.map(\.url), title: links.title)
  }

  /// What a document of markup is that no root of a feed was found in.
  static func other(_ bytes: [UInt8]) -> FeedParseError {
    var scanner = MarkupScanner(bytes, .xml)
    var first: String?
    var outlines = 0
    while let token = scanner.next() {
      guard case .start(let name, let attributes, _) = token else { continue }
      let local = String(decoding: bytes[name], as: UTF8.self).lowercased()
        .split(separator: ":").last.map(String.init)
      first = first ?? local
      guard first == "opml" else { break }
      if local == "outline",
        attributes.contains(where: { ByteSearch.holds("xmlurl", bytes, $0.name) })
      {
        outlines += 1
      }
    }
    guard let first else { return .notAFeed(found: "text", hints: []) }
    guard first == "opml" else { return .notAFeed(found: "<\(first)>", hints: []) }
    let what = "a subscription list of \(outlines) feed\(outlines == 1 ? "" : "s")"
    return .notAFeed(found: what, hints: [])
  }
}
