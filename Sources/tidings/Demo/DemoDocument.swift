import Core
import FoundationEssentials

/// A feed's document in its outlet's format.
struct DemoDocument {
  let text: String

  init(_ outlet: DemoNewsroom.Outlet, _ entries: [DemoEntry]) {
    switch outlet.format {
    case .rss: text = Self.rss(outlet, entries)
    case .atom: text = Self.atom(outlet, entries)
    case .json: text = Self.json(outlet, entries)
    }
  }

  private static func address(_ outlet: DemoNewsroom.Outlet, _ entry: DemoEntry) -> String {
    "https://\(outlet.name).example/\(entry.id)"
  }

  private static func rss(_ outlet: DemoNewsroom.Outlet, _ entries: [DemoEntry]) -> String {
    let items = entries.map { entry in
      """
      <item><title>\(escaped(entry.piece.title))</title><link>\(address(outlet, entry))</link>
      <guid isPermaLink="false">\(entry.id)</guid><pubDate>\(rfc822(entry.published))</pubDate>
      <description>\(escaped("<p>" + entry.piece.text + "</p>"))</description></item>
      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0"><channel><title>\(escaped(outlet.title))</title>
      <link>https://\(outlet.name).example/</link><description>Demo</description>
      <language>\(outlet.language)</language>
      \(items.joined(separator: "\n"))
      </channel></rss>
      """
  }

  private static func atom(_ outlet: DemoNewsroom.Outlet, _ entries: [DemoEntry]) -> String {
    let items = entries.map { entry in
      """
      <entry><title>\(escaped(entry.piece.title))</title><id>urn:demo:\(entry.id)</id>
      <link href="\(address(outlet, entry))"/><published>\(Timestamp.text(entry.published))</published>
      <updated>\(Timestamp.text(entry.published))</updated>
      <content type="html">\(escaped("<p>" + entry.piece.text + "</p>"))</content></entry>
      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(outlet.language)">
      <title>\(escaped(outlet.title))</title><id>urn:demo:\(outlet.name)</id>
      <link href="https://\(outlet.name).example/"/>
      \(items.joined(separator: "\n"))
      </feed>
      """
  }

  private static func json(_ outlet: DemoNewsroom.Outlet, _ entries: [DemoEntry]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("version", "https://jsonfeed.org/version/1.1")
      writer.field("title", outlet.title)
      writer.field("home_page_url", "https://\(outlet.name).example/")
      writer.field("language", outlet.language)
      writer.key("items")
      writer.array(entries) { writer, entry in
        writer.object { writer in
          writer.field("id", entry.id)
          writer.field("url", address(outlet, entry))
          writer.field("title", entry.piece.title)
          writer.field("content_text", entry.piece.text)
          writer.field("date_published", entry.published)
        }
      }
    }
    return writer.text
  }

  private static func escaped(_ text: String) -> String {
    text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&amp;")
      .split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;")
      .split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "&quot;")
  }

  /// As an Indonesian paper writes it: RFC 822 in western Indonesian time.
  private static func rfc822(_ date: Date) -> String {
    let local = Timestamp.text(
      Date(timeIntervalSince1970: (date.timeIntervalSince1970 + 25_200).rounded()))
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let month = Int(local.dropFirst(5).prefix(2)).map { months[$0 - 1] } ?? "Jan"
    return
      "\(local.dropFirst(8).prefix(2)) \(month) \(local.prefix(4)) \(local.dropFirst(11).prefix(8)) WIB"
  }
}
