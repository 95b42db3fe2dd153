import FoundationEssentials

extension Alert {
  /// Writes the alert's line: the fixed fields in their order, then the added ones.
  ///
  /// The cursor is the position of its event in the log; nil inside the log itself.
  public func write(to writer: inout JSONWriter, cursor: String?) {
    writer.object { writeFields(to: &$0, cursor: cursor) }
  }

  /// The line as text, without its line end; `more` adds fields behind its own.
  public func line(
    cursor: String, adding more: (inout JSONWriter) -> Void = { _ in }
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writeFields(to: &writer, cursor: cursor)
      more(&writer)
    }
    return writer.bytes
  }

  func writeFields(to writer: inout JSONWriter, cursor: String?) {
    writer.field("v", 1)
    writer.field("alert_id", id.rawValue)
    writer.field("cursor", cursor)
    writer.field("rule", rule)
    writer.field("rule_revision", ruleRevision)
    writer.field("severity", severity.rawValue)
    writer.field("state", state.rawValue)
    writer.field("at", at)
    writer.field("reason", reason)
    writer.field("story", story?.rawValue)
    if let article {
      writer.key("article")
      article.write(to: &writer)
    }
    writer.key("why")
    writer.array(why) { $1.write(to: &$0) }
    writer.field(
      "also",
      object: {
        $0.field("articles", alsoArticles)
        $0.field("sources", alsoSources)
      })
    writer.field(
      "held",
      object: { held.write(to: &$0) })
    writer.field(
      "coverage",
      object: {
        $0.field("feeds_ok", coverage.feedsOK)
        $0.field("feeds", coverage.feeds)
        $0.field("gaps", coverage.gaps)
      })
    writer.field("n", number)
    writer.key("group")
    writer.strings(group)
    if let measure { writer.field("measure", object: { measure.write(to: &$0) }) }
    if !articles.isEmpty { writer.field("articles", articles.map(\.rawValue)) }
    if !flags.isEmpty { writer.field("flags", flags) }
    writer.field("note", note)
  }

  /// Reads what `write` wrote.
  public init(from reader: inout JSONReader) throws(JSONError) {
    self.init(
      id: ID(""), rule: "", ruleRevision: "", severity: .info, state: .fired,
      at: .init(timeIntervalSince1970: 0), reason: "")
    try reader.fields { reader, key throws(JSONError) in
      if try !self.read(key, from: &reader) { try reader.skipValue() }
    }
  }

  /// Takes one field; false if it is none of the alert's.
  mutating func read(_ key: JSONKey, from reader: inout JSONReader) throws(JSONError) -> Bool {
    switch key {
    case "alert_id": id = ID(try reader.string())
    case "rule": rule = try reader.string()
    case "rule_revision": ruleRevision = try reader.string()
    case "severity": severity = try reader.oneOf(Severity.self)
    case "state": state = try reader.oneOf(State.self)
    case "at": at = try reader.date()
    case "reason": reason = try reader.string()
    case "story": story = Story.ID(try reader.string())
    case "article": article = try ArticleSummary(from: &reader)
    case "why": why = try reader.all(Clause.init(from:))
    case "also": (alsoArticles, alsoSources) = try reader.pair("articles", "sources")
    case "held": held = Held(try reader.value())
    case "coverage": coverage = try Coverage(from: &reader)
    case "n": number = try reader.integer()
    case "group": group = try reader.stringMap()
    case "measure": measure = Measure(try reader.value())
    case "articles": articles = try reader.strings().map(Article.ID.init)
    case "flags": flags = try reader.strings()
    case "note": note = try reader.string()
    case "outlets": outlets = try reader.strings()
    default: return false
    }
    return true
  }
}

extension Alert.ArticleSummary {
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id.rawValue)
      writer.field("revision", revision)
      writer.field("feed", feed.rawValue)
      writer.field("url", url)
      writer.field("title", title)
      writer.field("language", language)
      writer.field("published", published)
      writer.field("seen", seen)
    }
  }

  /// Its fields are an article's own; what it has no room for is ignored.
  public init(from reader: inout JSONReader) throws(JSONError) {
    self.init(try Article(from: &reader, now: .init(timeIntervalSince1970: 0)))
  }
}

extension Alert.Clause {
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("clause", clause)
      writer.field("field", field)
      writer.field("start", start)
      writer.field("end", end)
      writer.field("text", text)
      writer.field("via", via)
    }
  }

  public init(from reader: inout JSONReader) throws(JSONError) {
    self.init(clause: "")
    try reader.fields { reader, key throws(JSONError) in
      switch key {
      case "clause": self.clause = try reader.string()
      case "field": self.field = try reader.string()
      case "start": self.start = try reader.integer()
      case "end": self.end = try reader.integer()
      case "text": self.text = try reader.string()
      case "via": self.via = try reader.string()
      default: try reader.skipValue()
      }
    }
  }
}

extension Alert.Coverage {
  init(from reader: inout JSONReader) throws(JSONError) {
    self.init(feedsOK: 0, feeds: 0, gaps: 0)
    try reader.fields { reader, key throws(JSONError) in
      switch key {
      case "feeds_ok": self.feedsOK = try reader.integer()
      case "feeds": self.feeds = try reader.integer()
      case "gaps": self.gaps = try reader.integer()
      default: try reader.skipValue()
      }
    }
  }
}

// MARK: - Small shapes of the stored forms

extension JSONWriter {
  /// An object of strings, its keys sorted: a dictionary has no order of its own.
  public mutating func strings(_ map: [String: String]) {
    object { writer in
      for (key, value) in map.sorted(by: { $0.key < $1.key }) { writer.field(key, value) }
    }
  }
}

extension JSONWriter {
  /// `map` as JSON with sorted keys and no spaces: equal maps give equal text.
  public static func canonical(_ map: [String: String]) -> String {
    var writer = JSONWriter()
    writer.strings(map)
    return writer.text
  }
}

extension JSONReader {
  public mutating func stringMap() throws(JSONError) -> [String: String] {
    var map: [String: String] = [:]
    try object { reader, key throws(JSONError) in map[key] = try reader.string() }
    return map
  }

  /// Two whole numbers of an object, 0 where one is missing.
  mutating func pair(_ first: StaticString, _ second: StaticString) throws(JSONError) -> (Int, Int)
  {
    var values = (0, 0)
    try fields { reader, key throws(JSONError) in
      switch key {
      case first: values.0 = try reader.integer()
      case second: values.1 = try reader.integer()
      default: try reader.skipValue()
      }
    }
    return values
  }
}
