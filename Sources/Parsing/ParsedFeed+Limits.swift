import Text

extension ParsedFeed {
  /// Cuts what is longer than `ParseLimits` allows, whichever format it came in.
  mutating func limit() {
    title = title?.first(scalars: ParseLimits.title)
    language = language?.first(scalars: ParseLimits.name)
    for index in entries.indices { entries[index].limit() }
    warnings = Array(warnings.prefix(ParseLimits.warnings))
  }
}

extension ParsedEntry {
  fileprivate mutating func limit() {
    title = title?.first(scalars: ParseLimits.title)
    authors = Self.names(authors, ParseLimits.authors)
    categories = Self.names(categories, ParseLimits.perEntry)
    language = language?.first(scalars: ParseLimits.name)
    publisher = publisher?.first(scalars: ParseLimits.name)
    summary = summary?.first(bytes: ParseLimits.body)
    content = content?.first(bytes: ParseLimits.body)
    enclosures = enclosures.prefix(ParseLimits.perEntry).map { enclosure in
      var enclosure = enclosure
      enclosure.type = enclosure.type?.first(scalars: ParseLimits.name)
      return enclosure
    }
  }

  private static func names(_ names: [String], _ limit: Int) -> [String] {
    names.prefix(limit).map { $0.first(scalars: ParseLimits.name) }
  }
}

extension String {
  /// The first `limit` scalars: one character may hold any number of marks.
  func first(scalars limit: Int) -> String {
    utf8.count <= limit ? self : String(unicodeScalars.prefix(limit))
  }

  /// As many whole scalars as fit into `limit` bytes.
  func first(bytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(startIndex, offsetBy: limit)
    while end > startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
    return String(self[..<end])
  }

  /// As many whole paragraphs as fit into `limit` bytes; of a first one that is longer, its beginning.
  func first(paragraphs limit: Int) -> String {
    guard utf8.count > limit else { return self }
    let cut = first(bytes: limit)
    guard let end = cut.lastRange(of: "\n\n")?.lowerBound, end > cut.startIndex else { return cut }
    return String(cut[..<end])
  }

  /// Where `separator` stands last.
  private func lastRange(of separator: String) -> Range<Index>? {
    ranges(of: separator).last
  }
}
