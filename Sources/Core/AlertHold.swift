public import FoundationEssentials

/// A line that was not written, and why.
public struct AlertHold: Hashable, Sendable {
  public var rule: String
  public var group: [String: String]
  public var article: Article.ID?
  /// same_story, cooldown, shadow …: the names of the rules' order of judgement.
  public var hold: String
  /// When the hold ends, where that is known.
  public var until: Date?
  /// Why a person holds it; only of silences.
  public var reason: String?
  public var alert: Alert.ID?
  /// The reasons it would have given; only of rules in shadow.
  public var why: [Alert.Clause]

  public init(
    rule: String, group: [String: String] = [:], article: Article.ID? = nil, hold: String,
    until: Date? = nil, reason: String? = nil, alert: Alert.ID? = nil, why: [Alert.Clause] = []
  ) {
    self.rule = rule
    self.group = group
    self.article = article
    self.hold = hold
    self.until = until
    self.reason = reason
    self.alert = alert
    self.why = why
  }
}

// MARK: - The stored form

extension AlertHold {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("rule", rule)
    writer.key("group")
    writer.strings(group)
    writer.field("article_id", article?.rawValue)
    writer.field("hold", hold)
    writer.field("until", until)
    writer.field("reason", reason)
    writer.field("alert_id", alert?.rawValue)
    guard !why.isEmpty else { return }
    writer.key("why")
    writer.array(why) { $1.write(to: &$0) }
  }

  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(
      rule: try fields.text("rule"), group: fields.group,
      article: fields.text(ifAny: "article_id").map(Article.ID.init),
      hold: try fields.text("hold"), until: fields.time(ifAny: "until"),
      reason: fields.text(ifAny: "reason"),
      alert: fields.text(ifAny: "alert_id").map(Alert.ID.init), why: fields.why)
  }
}
