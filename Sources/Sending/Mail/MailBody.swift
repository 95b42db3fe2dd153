import Core

/// What a message says, as text and as HTML.
///
/// Each writes the same paragraphs; all that comes from feeds is escaped for the one that it stands in.
struct MailBody: Sendable {
  /// Items of a digest, and the bytes after which no more are written.
  static let items = 50
  private static let limit = 64 << 10

  let bundle: Bundle

  init(_ bundle: Bundle) {
    self.bundle = bundle
  }

  var text: String {
    guard let line = bundle.single else { return digest(text: true) }
    return item(text: line) + "\r\n" + tail.map { $0 + "\r\n" }.joined()
  }

  var html: String {
    let body = bundle.single.map { item(html: $0) } ?? digest(text: false)
    let tail = tail.map { "<p style=\"color:#555\">\(XMLText.escape($0))</p>" }.joined()
    return "<!DOCTYPE html><html><body style=\"font-family:sans-serif\">\(body)"
      + (bundle.single == nil ? "" : tail) + "</body></html>\r\n"
  }

  // MARK: One line

  private func item(text line: AlertLine) -> String {
    let alert = line.alert
    var rows = ["\(alert.severity.rawValue)  \(alert.rule)  \(alert.state.rawValue)"]
    rows.append(Dialect.plain.escape(alert.title))
    rows.append(source(alert))
    if let address = address(alert) { rows.append(address) }
    if !alert.why.isEmpty { rows.append("because " + Dialect.plain.escape(alert.reasons)) }
    if let note = alert.note { rows.append(Dialect.plain.escape(note)) }
    return rows.filter { !$0.isEmpty }.joined(separator: "\r\n") + "\r\n"
  }

  private func item(html line: AlertLine) -> String {
    let alert = line.alert
    let head = "\(alert.severity.rawValue) · \(alert.rule) · \(alert.state.rawValue)"
    let title = address(alert).map {
      "<a href=\"\(XMLText.escape($0))\" rel=\"noopener noreferrer nofollow\">\(marked(alert))</a>"
    }
    var html = "<p>\(XMLText.escape(head))<br><b>\(title ?? marked(alert))</b>"
    html += "<br>\(XMLText.escape(source(alert)))</p>"
    if !alert.why.isEmpty { html += "<p>because \(XMLText.escape(alert.reasons))</p>" }
    if let note = alert.note { html += "<p>\(XMLText.escape(note))</p>" }
    return html
  }

  private func source(_ alert: Alert) -> String {
    guard let article = alert.article else { return Timestamp.text(alert.at) }
    return "\(article.feed.rawValue), \(Timestamp.text(article.published ?? article.seen))"
  }

  private func address(_ alert: Alert) -> String? { alert.article?.url.flatMap(SafeAddress.web) }

  /// The title with what made the rule fire in `<mark>`.
  private func marked(_ alert: Alert) -> String {
    alert.markedTitle.pieces.map { piece in
      let text = XMLText.escape(piece.text)
      return piece.isMarked ? "<mark>\(text)</mark>" : text
    }.joined()
  }

  // MARK: Digest

  /// By rule, in the order of their first lines; as many as have room.
  private func digest(text isText: Bool) -> String {
    var written = ""
    var count = 0
    for (rule, lines) in byRule {
      var part = isText ? "\(rule): \(lines.count)\r\n\r\n" : "<h3>\(rule): \(lines.count)</h3>"
      for line in lines
      where count < Self.items && written.utf8.count + part.utf8.count < Self.limit {
        part += isText ? item(text: line) + "\r\n" : item(html: line)
        count += 1
      }
      written += part
    }
    let rest = bundle.lines.count - count
    let more = (rest > 0 ? ["and \(rest) more"] : []) + tail
    return written
      + more.map { isText ? $0 + "\r\n" : "<p>\(XMLText.escape($0))</p>" }.joined()
  }

  private var byRule: [(rule: String, lines: [AlertLine])] {
    bundle.rules.map { rule, _ in (rule, bundle.lines.filter { $0.alert.rule == rule }) }
  }

  /// What was held back, and how much of what is watched could be seen.
  private var tail: [String] {
    let held = bundle.lines.reduce(0) { $0 + $1.heldCount }
    let coverage = bundle.last.alert.coverage
    let gaps = coverage.gaps == 0 ? "" : ", \(coverage.gaps) gap\(coverage.gaps == 1 ? "" : "s")"
    return (held == 0 ? [] : ["\(held) more were held back"])
      + ["\(coverage.feedsOK) of \(coverage.feeds) feeds answer\(gaps)"]
  }
}
