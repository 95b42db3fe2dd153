import Core

/// The names that a template may hold.
public enum MessageName: String, Hashable, Sendable, CaseIterable {
  case id, alert_id, cursor, rule, severity, state, reason, at, title, source, url, why, story
  case group, articles, sources, held, note, line
  /// The state of a line that is not the alert's first.
  case later
  /// The lines of a digest, one a row.
  case list
}

/// What the names of a template stand for, of one line or of a digest.
struct MessageValues: Sendable {
  /// Rows of a digest in a chat.
  static let rows = 10

  private let bundle: Bundle

  init(_ bundle: Bundle) {
    self.bundle = bundle
  }

  var severity: Alert.Severity { bundle.severity }

  subscript(name: MessageName) -> MessageValue {
    switch name {
    case .id: .text(bundle.key)
    case .severity: .text(bundle.severity.rawValue)
    case .at: .text(Timestamp.text(bundle.last.alert.at))
    case .url: .address(bundle.single?.alert.article?.url.flatMap(SafeAddress.web) ?? "")
    case .list: .lines(list)
    default: .text(bundle.single.map { text(name, $0) } ?? digest(name) ?? "")
    }
  }

  private func digest(_ name: MessageName) -> String? {
    switch name {
    case .title: bundle.heading
    case .rule, .state: "digest"
    case .articles: String(bundle.lines.count)
    default: nil
    }
  }

  private func text(_ name: MessageName, _ line: AlertLine) -> String {
    let alert = line.alert
    return switch name {
    case .alert_id: alert.id.rawValue
    case .cursor: String(line.cursor)
    case .rule: alert.rule
    case .state: alert.state.rawValue
    case .later: alert.state == .fired ? "" : alert.state.rawValue
    case .reason: alert.reason
    case .title: alert.title
    case .source: alert.article?.feed.rawValue ?? ""
    case .why: alert.why.isEmpty ? "" : alert.reasons
    case .story: alert.story?.rawValue ?? ""
    case .group:
      alert.group.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        .joined(separator: ", ")
    case .articles: String(alert.alsoArticles + 1)
    case .sources: String(alert.alsoSources + 1)
    case .held: line.heldCount == 0 ? "" : String(line.heldCount)
    case .note: alert.note ?? ""
    case .line: String(decoding: line.bytes, as: UTF8.self)
    case .id, .severity, .at, .url, .list: ""
    }
  }

  private var list: [String] {
    guard bundle.single == nil else { return [] }
    let rows = bundle.lines.prefix(Self.rows).map { line in
      let state = line.alert.state == .fired ? "" : line.alert.state.rawValue + ": "
      return "\(state)\(line.alert.rule): \(line.alert.title)"
    }
    let more = bundle.lines.count - rows.count
    return rows + (more > 0 ? ["and \(more) more"] : [])
  }
}

extension AlertLine {
  var heldCount: Int { alert.held.all }
}
