public import FoundationEssentials

/// A feed in Atom (RFC 4287), so that any reader, another Tidings too, can follow what is told.
public struct AtomFeed: Sendable {
  public struct Entry: Hashable, Sendable {
    /// Behind `urn:tidings:`.
    public var id: String
    public var title: String
    public var updated: Date
    public var published: Date?
    /// Left out where it does not lead to the web.
    public var link: String?
    public var categories: [String]
    public var summary: String

    public init(
      id: String, title: String, updated: Date, published: Date? = nil, link: String? = nil,
      categories: [String] = [], summary: String = ""
    ) {
      (self.id, self.title, self.updated, self.published) = (id, title, updated, published)
      (self.link, self.categories, self.summary) = (link, categories, summary)
    }
  }

  /// Behind `urn:tidings:`.
  public var id: String
  public var title: String
  /// Newest first.
  public var entries: [Entry]

  public init(id: String, title: String, entries: [Entry]) {
    (self.id, self.title, self.entries) = (id, title, entries)
  }

  /// A feed of lines, which stand oldest first; an alert's latest state stands for all of it.
  public init(id: String, alerts: [Alert]) {
    var latest: [(first: Date, last: Alert)] = []
    for alert in alerts {
      if let place = latest.firstIndex(where: { $0.last.id == alert.id }) {
        let first = latest.remove(at: place).first
        latest.append((min(first, alert.at), alert))
      } else {
        latest.append((alert.at, alert))
      }
    }
    self.init(
      id: id, title: "Alerts",
      entries: latest.reversed().map { Entry($0.last, first: $0.first) })
  }

  /// The document.
  public var bytes: [UInt8] {
    let updated = entries.map(\.updated).max() ?? Date(timeIntervalSince1970: 0)
    let head = """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom">
      <id>urn:tidings:\(XMLText.escape(id))</id><title type="text">\(XMLText.escape(title))</title>\
      <updated>\(Timestamp.text(updated))</updated><author><name>Tidings</name></author>

      """
    return Array((head + entries.map(\.text).joined() + "</feed>\n").utf8)
  }
}

extension AtomFeed.Entry {
  /// An alert as it is now, that was first told of at another time.
  init(_ alert: Alert, first: Date) {
    let state = alert.state == .fired ? "" : alert.state.rawValue + ": "
    self.init(
      id: alert.id.rawValue, title: state + alert.title, updated: alert.at, published: first,
      link: alert.article?.url, categories: [alert.rule, alert.severity.rawValue],
      summary: alert.reasons)
  }

  fileprivate var text: String {
    let published = published.map { "<published>\(Timestamp.text($0))</published>" } ?? ""
    let link = link.flatMap(SafeAddress.web).map { "<link href=\"\(XMLText.escape($0))\"/>" } ?? ""
    let categories = categories.map { "<category term=\"\(XMLText.escape($0))\"/>" }.joined()
    return """
      <entry><id>urn:tidings:\(XMLText.escape(id))</id>\
      <title type="text">\(XMLText.escape(title))</title>\
      <updated>\(Timestamp.text(updated))</updated>\(published)\(link)\(categories)\
      <summary type="text">\(XMLText.escape(summary))</summary></entry>

      """
  }
}
