import FoundationEssentials

/// The fields of a stored event as they came, before it is decided what they make.
///
/// Objects with a form of their own are read at once, where the kind has them. Scalars and lists are
/// kept under their names whatever they are, for a newer program may have added some: an event has a
/// dozen at most, and an article's nearly none, so a list is searched faster than a table is built.
struct EventFields {
  private enum Scalar {
    case text(String)
    case number(Int)
    case flag(Bool)
    /// One of the two is empty.
    case list([String], [Int])
  }

  private let kind: EventKind
  /// The version of the line, 0 before it is known; where it is not today's, nothing else is read.
  private(set) var version = 0
  private var article: Article?
  private var alert: Alert?
  private(set) var group: [String: String] = [:]
  private(set) var scope: [String: String] = [:]
  private(set) var why: [Alert.Clause] = []
  private var scalars: [(name: JSONKey, value: Scalar)] = []

  init(of kind: EventKind) {
    self.kind = kind
  }

  /// Reads the line of an event, whose version is `today` now.
  ///
  /// - Throws: `newerVersion` if the line has a later one.
  mutating func read(_ json: [UInt8], today: Int) throws(EventFormatError) {
    version = 0
    var reader = JSONReader(json)
    do {
      try reader.fields { reader, key throws(JSONError) in
        switch key {
        case "v": version = try reader.version()
        // A line is written with its version before all that another version may have changed.
        case _ where version != 0 && version != today: try reader.skipValue()
        default: try read(key, from: &reader)
        }
      }
      try reader.end()
    } catch {
      throw .malformed(error)
    }
    guard version != 0 else { throw .missing(field: "v", type: kind.type) }
    guard version <= today else {
      throw .newerVersion(type: kind.type, version: version, known: today)
    }
  }

  /// The article, moved out: a copy would count every text of it once more.
  mutating func takeArticle() -> Article? { article.take() }

  mutating func takeAlert() -> Alert? { alert.take() }

  private mutating func read(_ key: JSONKey, from reader: inout JSONReader) throws(JSONError) {
    switch (kind, key) {
    // They tell what is in the header and in the fact.
    case (_, "type"), (_, "id"): try reader.skipValue()
    case (.articlePublished, "article"), (.articleRevised, "article"):
      article = Article(id: Article.ID(""), feed: Feed.ID(""), seen: .distantPast)
      try article?.readFields(from: &reader)
    case (.alertRaised, "alert"), (.alertChanged, "alert"): alert = try Alert(from: &reader)
    case (.alertHeld, "group"): group = try reader.stringMap()
    case (.alertHeld, "why"): why = try reader.all(Alert.Clause.init(from:))
    case (.silenceSet, "where"): scope = try reader.stringMap()
    default:
      guard let value = try Self.scalar(from: &reader) else { return }
      scalars.append((key, value))
    }
  }

  /// Reads a value of any form; nil for one that no field of ours has.
  private static func scalar(from reader: inout JSONReader) throws(JSONError) -> Scalar? {
    switch reader.peek() {
    case .string: return .text(try reader.string())
    case .number: return try reader.wholeNumber().map { .number($0) }
    case .bool: return .flag(try reader.bool())
    case .array: return try list(from: &reader)
    default:
      try reader.skipValue()
      return nil
    }
  }

  private static func list(from reader: inout JSONReader) throws(JSONError) -> Scalar? {
    var (texts, numbers, others): ([String], [Int], Int) = ([], [], 0)
    try reader.array { reader throws(JSONError) in
      switch try scalar(from: &reader) {
      case .text(let text): texts.append(text)
      case .number(let number): numbers.append(number)
      default: others += 1
      }
    }
    guard others == 0, texts.isEmpty || numbers.isEmpty else { return nil }
    return .list(texts, numbers)
  }
}

// MARK: - By name; of a doubled field the last counts

extension EventFields {
  func text(ifAny name: StaticString) -> String? {
    guard case .text(let text) = scalar(name) else { return nil }
    return text
  }

  func number(ifAny name: StaticString) -> Int? {
    guard case .number(let number) = scalar(name) else { return nil }
    return number
  }

  func flag(ifAny name: StaticString) -> Bool? {
    guard case .flag(let flag) = scalar(name) else { return nil }
    return flag
  }

  func list(ifAny name: StaticString) -> [String]? {
    guard case .list(let texts, let numbers) = scalar(name), numbers.isEmpty else { return nil }
    return texts
  }

  func time(ifAny name: StaticString) -> Date? {
    text(ifAny: name).flatMap(Timestamp.date)
  }

  private func scalar(_ name: StaticString) -> Scalar? {
    scalars.last { name ~= $0.name }?.value
  }
}

// MARK: - What an event cannot be without

extension EventFields {
  func need<Value>(_ value: Value?, _ name: StaticString) throws(EventFormatError) -> Value {
    guard let value else { throw .missing(field: name.description, type: kind.type) }
    return value
  }

  func text(_ name: StaticString) throws(EventFormatError) -> String {
    try need(text(ifAny: name), name)
  }

  func number(_ name: StaticString) throws(EventFormatError) -> Int {
    try need(number(ifAny: name), name)
  }

  func flag(_ name: StaticString) throws(EventFormatError) -> Bool {
    try need(flag(ifAny: name), name)
  }

  func list(_ name: StaticString) throws(EventFormatError) -> [String] {
    try need(list(ifAny: name), name)
  }

  func time(_ name: StaticString) throws(EventFormatError) -> Date {
    try need(time(ifAny: name), name)
  }

  /// A position in the log.
  func position(_ name: StaticString) throws(EventFormatError) -> UInt64 {
    try need(UInt64(exactly: number(name)), name)
  }

  func positions(_ name: StaticString) throws(EventFormatError) -> [UInt64] {
    guard case .list(let texts, let numbers) = scalar(name), texts.isEmpty else {
      return try need(nil, name)
    }
    return try need(numbers.contains { $0 < 0 } ? nil : numbers.map { UInt64($0) }, name)
  }

  /// One of the names of a closed set.
  func oneOf<Value: RawRepresentable<String>>(
    _ name: StaticString
  ) throws(EventFormatError) -> Value {
    try need(Value(rawValue: text(name)), name)
  }

  func feed() throws(EventFormatError) -> Feed.ID { Feed.ID(try text("feed")) }
}

extension JSONReader {
  fileprivate mutating func version() throws(JSONError) -> Int {
    let version = try integer()
    guard version >= 1 else { throw error("expected a version from 1") }
    return version
  }
}
