public import FoundationEssentials

extension Article {
  /// Writes the article as the log holds it and the commands print it.
  public func write(to writer: inout JSONWriter) {
    writer.object { writeFields(to: &$0) }
  }

  /// Writes the article with the edit that led to it, as the history of an article prints it.
  public func write(to writer: inout JSONWriter, after edit: Revision) {
    writer.object { writer in
      writeFields(to: &writer)
      writer.key("edit")
      writer.object { edit.writeFields(to: &$0) }
    }
  }

  private func writeFields(to writer: inout JSONWriter) {
    writer.field("id", id.rawValue)
    writer.field("revision", revision)
    writer.field("feed", feed.rawValue)
    writer.field("url", url)
    writer.field("title", title)
    writer.field("text", text)
    writer.field("summary", summary)
    writer.field("authors", authors)
    writer.field("publisher", publisher)
    writer.field("language", language)
    writer.field("published", published)
    writer.field("published_given", publishedGiven)
    writer.field("updated", updated)
    writer.field("seen", seen)
    writer.field("date_source", dateSource.rawValue)
    writer.field("categories", categories)
    writer.field("image", image)
    writer.key("enclosures")
    writer.array(enclosures) { $1.write(to: &$0) }
    // Left out of nearly all, so that these stay as they always were.
    if isTruncated { writer.field("truncated", true) }
    if textSource != .feed { writer.field("text_source", textSource.rawValue) }
    writer.field("content_hash", contentHash)
  }

  /// Reads an article; every field may be missing, unknown ones are ignored.
  ///
  /// Where no `seen` is given, `now` stands for it.
  public init(from reader: inout JSONReader, now: Date) throws(JSONError) {
    self.init(id: ID(""), feed: Feed.ID(""), seen: now)
    try readFields(from: &reader)
  }

  /// Reads what is given of an article in its place: a copy would count each of its texts once more.
  mutating func readFields(from reader: inout JSONReader) throws(JSONError) {
    try reader.fields { reader, key throws(JSONError) in
      if reader.null() { return }
      try read(key, from: &reader)
    }
  }

  private mutating func read(
    _ key: JSONKey, from reader: inout JSONReader
  ) throws(JSONError) {
    switch key {
    case "id": id = ID(try reader.string())
    case "revision": revision = try reader.integer()
    case "feed": feed = Feed.ID(try reader.string())
    case "url": url = try reader.string()
    case "title": title = try reader.string()
    case "text": text = try reader.string()
    case "summary": summary = try reader.string()
    case "authors": authors = try reader.strings()
    case "publisher": publisher = try reader.string()
    case "language": language = try reader.string()
    case "published": published = try reader.date()
    case "published_given": publishedGiven = try reader.date()
    case "updated": updated = try reader.date()
    case "seen": seen = try reader.date()
    case "date_source": dateSource = try reader.oneOf(DateSource.self)
    case "categories": categories = try reader.strings()
    case "image": image = try reader.string()
    case "enclosures": enclosures = try reader.all(Enclosure.init(from:))
    case "text_source": textSource = try reader.oneOf(TextSource.self)
    case "truncated": isTruncated = try reader.bool()
    case "content_hash": contentHash = try reader.string()
    default: try reader.skipValue()
    }
  }
}

extension Enclosure {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("url", url)
      writer.field("type", type)
      writer.field("length", length)
    }
  }

  init(from reader: inout JSONReader) throws(JSONError) {
    self.init(url: "")
    try reader.fields { reader, key throws(JSONError) in
      switch key {
      case "url": self.url = try reader.string()
      case "type": self.type = try reader.string()
      case "length": self.length = try reader.integer()
      default: try reader.skipValue()
      }
    }
  }
}

// MARK: - What the stored forms are read with

extension JSONReader {
  /// A moment in RFC 3339.
  public mutating func date() throws(JSONError) -> Date {
    let range = try rawString()
    let date =
      range.map { Timestamp.date(bytes.span.extracting($0)) } ?? Timestamp.date(unescaped.span)
    guard let date else { throw error("expected an RFC 3339 time") }
    return date
  }

  /// One of the names of a closed set.
  public mutating func oneOf<Value: RawRepresentable<String> & CaseIterable>(
    _ type: Value.Type
  ) throws(JSONError) -> Value {
    let name = try string()
    guard let value = Value(rawValue: name) else {
      let known = type.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("expected one of \(known)")
    }
    return value
  }

  /// An array of what `element` reads.
  public mutating func all<Value>(
    _ element: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> [Value] {
    var values: [Value] = []
    try array { reader throws(JSONError) in values.append(try element(&reader)) }
    return values
  }
}
