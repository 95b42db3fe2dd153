import Core
import FoundationEssentials

/// A feed of the latest alerts, for any reader, another Tidings too.
///
/// It is written whole, under another name, and then renamed, so that nobody reads half of it. What it
/// showed before is asked of the views at its first line.
public actor AtomFile: Outlet {
  public nonisolated let name: String
  private let path: String
  private let limit: Int
  /// Newest last; nil until the outlet's past has been asked for.
  private var entries: [AlertLine]?
  private let past: @Sendable (_ limit: Int) async throws -> [AlertLine]

  /// Creates an outlet that shows the last `limit` lines; `past` gives those that went to it before, oldest
  /// first.
  public init(
    name: String, path: String, entries limit: Int,
    past: @escaping @Sendable (_ limit: Int) async throws -> [AlertLine]
  ) {
    (self.name, self.path, self.limit, self.past) = (name, path, limit, past)
  }

  public func send(_ lines: [AlertLine]) async -> Outcome {
    do {
      var all = entries ?? []
      if entries == nil { all = try await past(limit) }
      let cursors = Set(lines.map(\.cursor))
      all.removeAll { cursors.contains($0.cursor) }
      all = Array((all + lines).suffix(limit))
      try Data(Self.document(all, of: name)).write(to: URL(filePath: path), options: .atomic)
      entries = all
      return .delivered(receipt: nil)
    } catch {
      return .retry("\(path): cannot be written: \(error)", after: nil)
    }
  }

  /// The feed of lines, newest first; an alert's latest state stands for all of it.
  static func document(_ lines: [AlertLine], of name: String) -> [UInt8] {
    var entries: [(first: Date, last: AlertLine)] = []
    for line in lines {
      if let place = entries.firstIndex(where: { $0.last.alert.id == line.alert.id }) {
        let first = entries.remove(at: place).first
        entries.append((min(first, line.alert.at), line))
      } else {
        entries.append((line.alert.at, line))
      }
    }
    let updated = entries.last?.last.alert.at ?? Date(timeIntervalSince1970: 0)
    let head = """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom">
      <id>urn:tidings:\(XMLText.escape(name))</id><title type="text">Alerts</title>\
      <updated>\(Timestamp.text(updated))</updated><author><name>Tidings</name></author>

      """
    let body = entries.reversed().map { entry($0.last, $0.first) }.joined()
    return Array((head + body + "</feed>\n").utf8)
  }

  private static func entry(_ line: AlertLine, _ first: Date) -> String {
    let alert = line.alert
    let state = alert.state == .fired ? "" : alert.state.rawValue + ": "
    let link = alert.article?.url.flatMap(Address.web).map {
      "<link href=\"\(XMLText.escape($0))\"/>"
    }
    return """
      <entry><id>urn:tidings:\(XMLText.escape(alert.id.rawValue))</id>\
      <title type="text">\(XMLText.escape(state + line.title))</title>\
      <updated>\(Timestamp.text(alert.at))</updated><published>\(Timestamp.text(first))</published>\
      \(link ?? "")<category term="\(XMLText.escape(alert.rule))"/>\
      <category term="\(alert.severity.rawValue)"/>\
      <summary type="text">\(XMLText.escape(line.why))</summary></entry>

      """
  }
}
