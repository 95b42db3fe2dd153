public import Core

/// A line of an alert as outlets get it: a pure function of its event and that event's position.
public struct AlertLine: Hashable, Sendable {
  /// Bytes of a whole line.
  static let sizeLimit = 64 << 10
  static let titleLimit = 1_024
  static let whyLimit = 32
  /// In Unicode scalars.
  static let whyTextLimit = 200

  public let alert: Alert
  /// The position of the event; names the line together with the alert's id.
  public let cursor: UInt64
  /// Where in the log a person asked for it to be sent again; not part of the line.
  public let request: UInt64?

  public init(_ alert: Alert, cursor: UInt64, request: UInt64? = nil) {
    var alert = alert
    alert.why = alert.why.prefix(Self.whyLimit).map { clause in
      var clause = clause
      clause.text = clause.text.map { String($0.unicodeScalars.prefix(Self.whyTextLimit)) }
      return clause
    }
    if var article = alert.article {
      article.title = Self.cut(article.title, Self.titleLimit)
      alert.article = article
    }
    self.alert = alert
    self.cursor = cursor
    self.request = request
  }

  /// The line of `alerts.jsonl`, without its end.
  public var bytes: [UInt8] { bytes { _ in } }

  /// The same with more fields behind its own.
  public func bytes(adding more: (inout JSONWriter) -> Void) -> [UInt8] {
    let line = alert.line(cursor: String(cursor), adding: more)
    guard line.count > Self.sizeLimit else { return line }
    var short = alert
    short.why = []
    short.note = short.note.map { Self.cut($0, Self.titleLimit) }
    return short.line(cursor: String(cursor), adding: more)
  }

  /// The line for people: time, severity, rule and title, then source, address and why.
  public func person(color: Bool) -> String {
    let time = Timestamp.text(alert.at).prefix(19).suffix(8)
    let severity = color ? paint(alert.severity.rawValue) : alert.severity.rawValue
    let state = alert.state == .fired ? "" : "\(alert.state.rawValue): "
    let rule = SafeText.line(alert.rule)
    guard let article = alert.article else {
      let values = alert.group.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let group = values.isEmpty ? "" : "  " + SafeText.line(values.joined(separator: ", "))
      let reason = alert.why.isEmpty ? alert.reason : alert.reasons
      return
        "\(time)  \(severity)  \(state)\(rule)\(group)\n          because \(SafeText.line(reason))"
    }
    let source = SafeText.line(article.feed.rawValue)
    let address = article.url.map { "  " + SafeText.line($0) } ?? ""
    return """
      \(time)  \(severity)  \(state)\(rule)  \(SafeText.isolated(article.title))
                \(source)\(address)
                because \(SafeText.line(alert.reasons))
      """
  }

  private func paint(_ text: String) -> String {
    let code =
      switch alert.severity {
      case .critical: "1;31"
      case .warning: "33"
      case .notice: "36"
      case .info: "2"
      }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }

  private static func cut(_ text: String, _ limit: Int) -> String {
    text.utf8.count <= limit ? text : String(text.unicodeScalars.prefix(limit / 4))
  }
}
