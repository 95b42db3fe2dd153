import Core
import Text

extension ParsedFeed {
  /// The document that `tidings parse` prints: missing fields are left out, HTML is sanitised.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("feed", object: writeHead)
      writer.key("entries")
      let links = Links()
      writer.array(entries) { $1.write(to: &$0, links) }
      writeLists(&writer)
      writer.field("warnings", warnings)
    }
    return writer.bytes
  }

  /// What only some formats have.
  private func writeLists(_ writer: inout JSONWriter) {
    if !sitemaps.isEmpty {
      writer.key("sitemaps")
      writer.array(sitemaps) { writer, sitemap in
        writer.object { writer in
          writer.field("url", sitemap.url)
          writer.field("updated", sitemap.updated)
        }
      }
    }
    if deleted.isEmpty { return }
    writer.key("deleted")
    writer.array(deleted) { writer, tombstone in
      writer.object { writer in
        writer.field("id", tombstone.id)
        writer.field("at", tombstone.date)
      }
    }
  }

  private func writeHead(_ writer: inout JSONWriter) {
    writer.field("format", format)
    writer.field("title", title)
    writer.field("home", home)
    writer.field("language", language)
    writer.field("description", description)
    writer.field("updated", updated)
    writer.field("hub", hub)
    writer.field("self", selfAddress)
    writer.field("ttl_minutes", hints.ttlMinutes ?? hints.updateMinutes)
    if !hints.skipHours.isEmpty {
      writer.key("skip_hours")
      writer.array(hints.skipHours) { $0.integer($1) }
    }
    if !hints.skipDays.isEmpty { writer.field("skip_days", hints.skipDays) }
  }
}

extension ParsedEntry {
  func write(to writer: inout JSONWriter, _ links: Links) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("title", title)
      writer.field("url", url)
      if !authors.isEmpty { writer.field("authors", authors) }
      writer.field("published", published)
      writer.field("updated", updated)
      writer.field("summary", summary.map { sanitised($0, links) })
      if let content {
        let html = sanitised(content, links)
        writer.field("content", html)
        let addresses = Self.addresses(in: html)
        if !addresses.isEmpty { writer.field("content_urls", addresses) }
      }
      if !categories.isEmpty { writer.field("categories", categories) }
      writer.field("language", language)
      writer.field("image", image)
      if isTruncated { writer.field("truncated", true) }
      if enclosures.isEmpty { return }
      writer.key("enclosures")
      writer.array(enclosures) { writer, enclosure in
        writer.object { writer in
          writer.field("url", enclosure.url)
          writer.field("type", enclosure.type)
          writer.field("length", enclosure.length)
        }
      }
    }
  }

  private func sanitised(_ html: String, _ links: Links) -> String {
    Sanitised(html: html) { links.resolve($0, against: base, at: 0) }.html
  }

  /// The addresses that a content leads to, each once.
  private static func addresses(in html: String) -> [String] {
    var scanner = MarkupScanner(Array(html.utf8), .html)
    var found: [String] = []
    var seen: Set<String> = []
    while let token = scanner.next(), found.count < ParseLimits.contentAddresses {
      guard case .start(_, let attributes, _) = token else { continue }
      for attribute in attributes {
        let name = String(decoding: scanner.bytes[attribute.name], as: UTF8.self)
        guard name == "href" || name == "src" else { continue }
        let address = CharacterReference.decode(scanner.bytes[attribute.value], inAddress: true)
        if Address.isWeb(address), seen.insert(address).inserted { found.append(address) }
      }
    }
    return found
  }
}
