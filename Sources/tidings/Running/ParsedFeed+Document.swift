import Fetching
import Parsing

extension ParsedFeed {
  /// Reads what came over the network.
  ///
  /// - Throws: where there is no feed in it.
  init(_ document: Document) throws(FeedParseError) {
    try self.init(
      parsing: document.body, base: document.address, contentType: document.contentType,
      contentLanguage: document.contentLanguage, zones: SystemZones.names)
  }
}
