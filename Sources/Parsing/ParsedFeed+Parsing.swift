import Core
import Text

extension ParsedFeed {
  /// Reads a feed document of any format, however damaged.
  ///
  /// The format is decided by content; a media type never decides alone. Beyond a limit the rest is left
  /// out with a warning. Zones that dates name in full are those that `zones` knows.
  ///
  /// - Throws: `FeedParseError` where there is no feed in it.
  public init(
    parsing document: [UInt8], base: String?, contentType: String?, contentLanguage: String?,
    zones: ZoneNames? = nil
  ) throws(FeedParseError) {
    guard document.count <= ParseLimits.document else {
      throw .tooLarge(limit: ParseLimits.document)
    }
    let packed = Gzip.isGzip(document) ? try Gzip(document) : nil
    let document = packed?.bytes ?? document
    if let found = Sniff.signature(document) { throw .notAFeed(found: found, hints: []) }
    let decoded = try Decoding(document, contentType: contentType)
    let bytes = decoded.text.bytes
    guard let start = bytes.firstIndex(where: { !Sniff.isBlank($0) }) else { throw .empty }
    if bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") {
      self = try JSONFeed.read(
        start == 0 ? decoded.bytes : Array(decoded.bytes[start...]), base: base)
    } else {
      self = try Self.markup(decoded.text, base: base)
    }
    if packed?.isTorn == true {
      warnings.insert("line 1: the gzip data end early or are damaged", at: 0)
      isTruncated = true
    }
    if let warning = decoded.warning { warnings.insert(warning, at: 0) }
    language = language ?? contentLanguage.map { $0.replacing("_", with: "-") }
    limit()
    settleZones(zones)
  }

  private static func markup(_ text: CleanText, base: String?) throws(FeedParseError) -> ParsedFeed
  {
    if Sniff.isPage(text.bytes) { throw Sniff.page(text.utf8, base: base) }
    guard let feed = FeedReader.read(text, base: base) else { throw Sniff.other(text.bytes) }
    return feed
  }
}
