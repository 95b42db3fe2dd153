public import Core

extension GroupState {
  /// As a row keeps it; what is empty is left out.
  ///
  /// ``timer`` and ``used`` are columns of their own.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writeLines(to: &writer)
      writeCounts(to: &writer)
    }
    return writer.bytes
  }

  private func writeLines(to writer: inout JSONWriter) {
    if let alert { writer.field("alert", object: { alert.write(to: &$0) }) }
    writer.field("last_alert", lastAlert?.rawValue)
    writer.field("last_line", number: lastLine)
    writer.field("cooling_until", number: coolingUntil)
    writer.field("cooling_for", number: coolingFor)
    if let cooled { writer.field("cooled", object: { cooled.write(to: &$0) }) }
    if !held.isEmpty { writer.field("held", object: { held.write(to: &$0, all: false) }) }
    writer.field("retry_at", number: retryAt)
    writer.field("openings", numbers: openings)
    writer.field("flapping_until", number: flappingUntil)
  }

  private func writeCounts(to writer: inout JSONWriter) {
    writer.objects("items", items) { $1.write(to: &$0) }
    if isSaturated { writer.field("saturated", true) }
    writer.field("since", number: since)
    if let words {
      writer.key("words")
      words.write(to: &writer)
    }
    writer.field("below", number: below)
    writer.field("hours", numbers: hours.flatMap { [Double($0.hour), Double($0.count)] })
    writer.field("last", number: last)
    writer.field("gaps", numbers: gaps)
    writer.objects("pauses", pauses) { $1.write(to: &$0) }
    writer.field("look_at", number: lookAt)
    writer.field("first", number: first)
    writer.objects("steps", steps) { $1.write(to: &$0) }
    if let armed { writer.field("armed", object: { armed.write(to: &$0) }) }
    if edits > 0 { writer.field("edits", edits) }
  }

  /// Reads what `json` wrote.
  public init(json: [UInt8]) throws(JSONError) {
    let value = try JSONValue(parsing: json)
    alert = value["alert"].map(Open.init)
    lastAlert = value["last_alert"]?.string.map(Alert.ID.init)
    lastLine = value["last_line"]?.number
    coolingUntil = value["cooling_until"]?.number
    coolingFor = value["cooling_for"]?.number
    cooled = try value["cooled"].map { value throws(JSONError) in try Cooled(value) }
    held = value["held"].map(Alert.Held.init) ?? Alert.Held()
    retryAt = value["retry_at"]?.number
    openings = value.numbers("openings")
    flappingUntil = value["flapping_until"]?.number
    items = value.objects("items").map(Item.init)
    isSaturated = value["saturated"]?.bool ?? false
    since = value["since"]?.number
    words = try value["words"].map { words throws(JSONError) in try JSONValue.clause(words) }
    below = value["below"]?.number
    let hours = value.numbers("hours")
    self.hours = stride(from: 0, to: hours.count - 1, by: 2).map {
      Hour(hour: Int(hours[$0]), count: Int(hours[$0 + 1]))
    }
    last = value["last"]?.number
    gaps = value.numbers("gaps")
    pauses = value.objects("pauses").map(Pause.init)
    lookAt = value["look_at"]?.number
    first = value["first"]?.number
    steps = value.objects("steps").map(Step.init)
    armed = value["armed"].map(Step.init)
    edits = Int(value["edits"]?.number ?? 0)
  }
}

extension GroupState.Item {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("at", number: at)
    writer.field("article", article)
    if story != article { writer.field("story", story) }
    writer.field("source", source)
    if copy != article { writer.field("copy", copy) }
    if !entities.isEmpty { writer.field("entities", entities) }
  }

  fileprivate init(_ value: JSONValue) {
    let article = value["article"]?.string ?? ""
    self.init(
      at: value["at"]?.number ?? 0, article: article, story: value["story"]?.string ?? article,
      source: value["source"]?.string ?? "", copy: value["copy"]?.string ?? article,
      entities: value.strings("entities"))
  }
}

extension GroupState.Open {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("id", id.rawValue)
    if !isTold { writer.field("told", false) }
    writer.field("opened", number: opened)
    writer.field("last", number: last)
    writer.field("stories", stories)
    writer.field("articles", articles)
    writer.field("article_count", articleCount)
    writer.field("sources", sources)
    if grown > 0 { writer.field("grown", grown) }
    if isAcknowledged { writer.field("acknowledged", true) }
  }

  fileprivate init(_ value: JSONValue) {
    self.init(
      id: Alert.ID(value["id"]?.string ?? ""), isTold: value["told"]?.bool ?? true,
      opened: value["opened"]?.number ?? 0, last: value["last"]?.number ?? 0,
      stories: value.strings("stories"), articles: value.strings("articles"),
      articleCount: Int(value["article_count"]?.number ?? 0), sources: value.strings("sources"),
      grown: Int(value["grown"]?.number ?? 0),
      isAcknowledged: value["acknowledged"]?.bool ?? false)
  }
}

extension GroupState.Cooled {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("count", count)
    writer.field("articles", articles)
    writer.field("article", article, why)
  }

  fileprivate init(_ value: JSONValue) throws(JSONError) {
    self.init(count: Int(value["count"]?.number ?? 0), articles: value.strings("articles"))
    (article, why) = try value.article()
  }
}

extension GroupState.Pause {
  func write(to writer: inout JSONWriter) {
    writer.field("from", number: from)
    writer.field("to", number: to)
  }

  init(_ value: JSONValue) {
    self.init(from: value["from"]?.number ?? 0, to: value["to"]?.number)
  }
}

extension GroupState.Step {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("rule", rule)
    writer.field("start", number: start)
    writer.field("at", number: at)
    writer.field("position", position)
    writer.field("article", article)
  }

  fileprivate init(_ value: JSONValue) {
    self.init(
      rule: value["rule"]?.string ?? "", start: value["start"]?.number ?? 0,
      at: value["at"]?.number ?? 0, position: UInt64(value["position"]?.number ?? 0),
      article: value["article"]?.string ?? "")
  }
}

// MARK: - Small shapes

extension JSONWriter {
  /// An article, and why it was met.
  mutating func field(_ name: String, _ article: Alert.ArticleSummary?, _ why: [Alert.Clause]) {
    if let article {
      key(name)
      article.write(to: &self)
    }
    guard !why.isEmpty else { return }
    key("why")
    array(why) { $1.write(to: &$0) }
  }

  mutating func field(_ name: String, numbers: [Double]) {
    guard !numbers.isEmpty else { return }
    key(name)
    array(numbers) { $0.number($1) }
  }

  /// A list of objects; left out where it is empty.
  mutating func objects<Value>(
    _ name: String, _ values: [Value], _ write: (inout JSONWriter, Value) -> Void
  ) {
    guard !values.isEmpty else { return }
    key(name)
    array(values) { writer, value in writer.object { write(&$0, value) } }
  }
}

extension JSONValue {
  /// The article that stands under its own name, and why it was met.
  func article() throws(JSONError) -> (Alert.ArticleSummary?, [Alert.Clause]) {
    let summary = try self["article"].map { article throws(JSONError) in
      var reader = JSONReader(Self.bytes(article))
      return try Alert.ArticleSummary(from: &reader)
    }
    var why: [Alert.Clause] = []
    for clause in objects("why") { why.append(try Self.clause(clause)) }
    return (summary, why)
  }

  static func clause(_ value: JSONValue) throws(JSONError) -> Alert.Clause {
    var reader = JSONReader(bytes(value))
    return try Alert.Clause(from: &reader)
  }

  private static func bytes(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    value.write(to: &writer)
    return writer.bytes
  }

  func numbers(_ key: String) -> [Double] { self[key]?.array?.compactMap(\.number) ?? [] }
  func strings(_ key: String) -> [String] { self[key]?.array?.compactMap(\.string) ?? [] }
  func objects(_ key: String) -> [JSONValue] { self[key]?.array ?? [] }
}
