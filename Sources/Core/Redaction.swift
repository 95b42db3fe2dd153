/// The words of some records were taken out of the log, on a person's word.
public struct Redaction: Hashable, Sendable {
  /// Of the records, in order.
  public var positions: [UInt64]
  /// The articles that lost words there: they do not come back as news while their feeds still show them.
  public var articles: [Article.ID]
  public var reason: String
  public var by: String

  public init(positions: [UInt64], articles: [Article.ID] = [], reason: String, by: String) {
    self.positions = positions
    self.articles = articles
    self.reason = reason
    self.by = by
  }
}

extension Redaction {
  func writeFields(to writer: inout JSONWriter) {
    writer.key("positions")
    writer.array(positions) { $0.integer($1) }
    if !articles.isEmpty { writer.field("articles", articles.map(\.rawValue)) }
    writer.field("reason", reason)
    writer.field("by", by)
  }

  init(_ fields: borrowing EventFields) throws(EventFormatError) {
    self.init(
      positions: try fields.positions("positions"),
      articles: (fields.list(ifAny: "articles") ?? []).map(Article.ID.init),
      reason: try fields.text("reason"), by: try fields.text("by"))
  }
}
