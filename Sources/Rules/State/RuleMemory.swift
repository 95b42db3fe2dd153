public import Core

/// What a rule remembers for all its groups together.
///
/// Times are seconds of log time since 1970.
public struct RuleMemory: Hashable, Sendable {
  /// Matches that are told in one line.
  struct Pool: Hashable, Sendable {
    /// The line's reason: digest, surge or catchup.
    var reason: String
    var since: Double
    var count = 0
    var articles: [String] = []
    var sources: [String] = []
    /// Of a single one.
    var article: Alert.ArticleSummary?
    var why: [Alert.Clause] = []
  }

  /// The reason of lines that the rate held.
  static let digest = "digest"

  /// What the lines of a rule are made of, also when it is gone.
  struct Voice: Hashable, Sendable {
    var revision: String
    var severity: Alert.Severity
    var outlets: [String]
    var note: String?
    /// Whether it tells anything.
    var isLive: Bool
    /// Whether its alerts end with a line.
    var isResolved: Bool

    init(_ rule: Rule) {
      (revision, severity, outlets) = (rule.revision, rule.severity, rule.outlets)
      (note, isLive, isResolved) = (rule.note, rule.mode == .live, rule.kind.isResolved)
    }
  }

  /// Of the definition that the state belongs to; nil before the rule was prepared.
  public var shape: String?
  /// From when on it knows what came.
  var start = 0.0
  /// Lines held in groups that never had one.
  var held = Alert.Held()
  /// Lines told within the last hour.
  var lines: [Double] = []
  /// By reason.
  var pools: [Pool] = []
  /// When fewer feeds answered than the rule wants.
  var pauses: [GroupState.Pause] = []
  /// Groups with an open alert that was told, of rules that inhibit others.
  var open: [String] = []
  /// The end, or the time of looking again, that was told of.
  var expiryTold: Double?
  /// The ends of entries and filters that were told of.
  var entriesTold: [String] = []
  /// What is needed for its last lines when the rule is gone.
  var voice: Voice?
  public var groups = 0
  /// Groups that were dropped for want of room.
  public var dropped = 0
  public var timer: Double?

  public init() {}

  /// Groups of a rule at most; the least recently used go first.
  public static let groupLimit = 100_000
  /// Groups that go at once where a rule has more than that.
  public static let groupsDropped = 1_000
}

extension RuleMemory {
  /// As a row keeps it; ``timer`` is a column of its own.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("shape", shape)
      writer.field("start", number: start)
      if !held.isEmpty { writer.field("held", object: { held.write(to: &$0, all: false) }) }
      writer.field("lines", numbers: lines)
      writer.objects("pools", pools) { $1.write(to: &$0) }
      writer.objects("pauses", pauses) { $1.write(to: &$0) }
      if !open.isEmpty { writer.field("open", open) }
      writer.field("expiry_told", number: expiryTold)
      if !entriesTold.isEmpty { writer.field("entries_told", entriesTold) }
      if let voice { writer.field("voice", object: { voice.write(to: &$0) }) }
      writer.field("groups", groups)
      if dropped > 0 { writer.field("dropped", dropped) }
    }
    return writer.bytes
  }

  /// Reads what `json` wrote.
  public init(json: [UInt8]) throws(JSONError) {
    let value = try JSONValue(parsing: json)
    shape = value["shape"]?.string
    start = value["start"]?.number ?? 0
    held = value["held"].map(Alert.Held.init) ?? Alert.Held()
    lines = value.numbers("lines")
    for pool in value.objects("pools") { pools.append(try Pool(pool)) }
    pauses = value.objects("pauses").map(GroupState.Pause.init)
    open = value.strings("open")
    expiryTold = value["expiry_told"]?.number
    entriesTold = value.strings("entries_told")
    voice = value["voice"].map(Voice.init)
    groups = Int(value["groups"]?.number ?? 0)
    dropped = Int(value["dropped"]?.number ?? 0)
  }
}

extension RuleMemory.Voice {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("revision", revision)
    writer.field("severity", severity.rawValue)
    writer.field("outlets", outlets)
    writer.field("note", note)
    writer.field("live", isLive)
    writer.field("resolved", isResolved)
  }

  fileprivate init(_ value: JSONValue) {
    revision = value["revision"]?.string ?? ""
    severity = value["severity"]?.string.flatMap(Alert.Severity.init) ?? .info
    outlets = value.strings("outlets")
    note = value["note"]?.string
    isLive = value["live"]?.bool ?? false
    isResolved = value["resolved"]?.bool ?? false
  }
}

extension RuleMemory.Pool {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("reason", reason)
    writer.field("since", number: since)
    writer.field("count", count)
    writer.field("articles", articles)
    writer.field("sources", sources)
    writer.field("article", article, why)
  }

  fileprivate init(_ value: JSONValue) throws(JSONError) {
    self.init(
      reason: value["reason"]?.string ?? "", since: value["since"]?.number ?? 0,
      count: Int(value["count"]?.number ?? 0), articles: value.strings("articles"),
      sources: value.strings("sources"))
    (article, why) = try value.article()
  }
}
