import Text

extension ParsedFeed {
  /// Cuts what the feed says of itself where it is longer than `ParseLimits` allows.
  mutating func limit() {
    if let title, title.isLonger(scalars: ParseLimits.title) {
      self.title = title.first(scalars: ParseLimits.title)
      warnings.append("line 1: the feed's title is cut at \(ParseLimits.title) characters")
    }
    language = language?.first(scalars: ParseLimits.name)
    if warnings.count > ParseLimits.warnings {
      let left = warnings.count - ParseLimits.warnings + 1
      warnings.removeLast(left)
      warnings.append("\(left) more warnings left out")
    }
  }
}

extension ParsedEntry {
  /// Cuts what is longer than `ParseLimits` allows, and says what that was.
  mutating func limit() -> [String] {
    var cut: [String] = []
    Self.limit(&title, "title", ParseLimits.title, &cut)
    Self.limit(&language, "language", ParseLimits.name, &cut)
    Self.limit(&publisher, "publisher", ParseLimits.name, &cut)
    Self.limit(&authors, "authors", ParseLimits.authors, &cut)
    Self.limit(&categories, "categories", ParseLimits.perEntry, &cut)
    limitBody(\.summary, "summary", &cut)
    limitBody(\.content, "content", &cut)
    if enclosures.count > ParseLimits.perEntry {
      enclosures.removeLast(enclosures.count - ParseLimits.perEntry)
      cut.append("enclosures beyond \(ParseLimits.perEntry) left out")
    }
    for index in enclosures.indices {
      Self.limit(&enclosures[index].type, "media type", ParseLimits.name, &cut)
    }
    return cut
  }

  private static func limit(
    _ text: inout String?, _ what: String, _ limit: Int, _ cut: inout [String]
  ) {
    guard let long = text, long.isLonger(scalars: limit) else { return }
    text = long.first(scalars: limit)
    cut.append("\(what) cut at \(limit) characters")
  }

  private static func limit(
    _ names: inout [String], _ what: String, _ limit: Int, _ cut: inout [String]
  ) {
    if names.count > limit {
      names.removeLast(names.count - limit)
      cut.append("\(what) beyond \(limit) left out")
    }
    guard names.contains(where: { $0.isLonger(scalars: ParseLimits.name) }) else { return }
    names = names.map { $0.first(scalars: ParseLimits.name) }
    cut.append("\(what) cut at \(ParseLimits.name) characters each")
  }

  private mutating func limitBody(
    _ field: WritableKeyPath<Self, String?>, _ what: String, _ cut: inout [String]
  ) {
    guard let long = self[keyPath: field], long.utf8.count > ParseLimits.body else { return }
    self[keyPath: field] = long.first(htmlParagraphs: ParseLimits.body)
    isTruncated = true
    cut.append("\(what) cut at \(ParseLimits.body >> 20) MiB")
  }
}

extension String {
  /// The first `limit` scalars: one character may hold any number of marks.
  func first(scalars limit: Int) -> String {
    utf8.count <= limit ? self : String(unicodeScalars.prefix(limit))
  }

  func isLonger(scalars limit: Int) -> Bool {
    utf8.count > limit && unicodeScalars.dropFirst(limit).first != nil
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
    let start = Array(first(bytes: limit).utf8)
    for place in stride(from: start.count - 2, to: 0, by: -1)
    where start[place] == 0x0A && start[place + 1] == 0x0A {
      return String(decoding: start[..<place], as: UTF8.self)
    }
    return String(decoding: start, as: UTF8.self)
  }

  /// As many whole paragraphs of HTML as fit into `limit` bytes; where the last is very long, its start.
  func first(htmlParagraphs limit: Int) -> String {
    let start = Array(first(bytes: limit).utf8)
    let mark = Array("</p>".utf8)
    for place in stride(from: start.count - mark.count, through: start.count / 2, by: -1)
    where start[place...].starts(with: mark) {
      return String(decoding: start[..<(place + mark.count)], as: UTF8.self)
    }
    return String(decoding: start, as: UTF8.self)
  }
}
