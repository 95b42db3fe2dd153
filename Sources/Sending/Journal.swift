import Core
import Glibc

/// The journal of systemd, by its native socket: one datagram a line, with fields.
///
/// The journal does not answer: after a crash a line may stand there twice, with one `TIDINGS_CURSOR`.
public actor Journal: Outlet {
  public nonisolated let name: String
  private let path: String
  /// Cursors of lines that went before one that did not: the next attempt begins behind them.
  private var sent: Set<UInt64> = []

  public init(name: String, path: String = JournalEntry.socket) {
    self.name = name
    self.path = path
  }

  public func send(_ lines: [AlertLine]) async -> Outcome {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return .retry("no socket", after: nil) }
    defer { close(descriptor) }
    for line in lines where !sent.contains(line.cursor) {
      if let code = Self.entry(line).send(to: path, by: descriptor) {
        return .retry("\(path): \(unsafe String(cString: strerror(code)))", after: nil)
      }
      sent.insert(line.cursor)
    }
    sent = []
    return .delivered(receipt: nil)
  }

  /// A line with its fields.
  static func entry(_ line: AlertLine) -> JournalEntry {
    let alert = line.alert
    let priority =
      [Alert.Severity.critical: "2", .warning: "4", .notice: "5"][alert.severity] ?? "6"
    return JournalEntry([
      (
        "MESSAGE",
        SafeText.line("\(alert.severity.rawValue) \(alert.rule): \(alert.article?.title ?? "")")
      ),
      ("PRIORITY", priority), ("SYSLOG_IDENTIFIER", "tidings"),
      ("MESSAGE_ID", "5f0c1a7e2b9d4c5f8e3a6b7d9c1e2f40"), ("TIDINGS_EVENT", "alert"),
      ("TIDINGS_ALERT", alert.id.rawValue), ("TIDINGS_RULE", alert.rule),
      ("TIDINGS_STATE", alert.state.rawValue), ("TIDINGS_SEVERITY", alert.severity.rawValue),
      ("TIDINGS_CURSOR", String(line.cursor)), ("TIDINGS_FEED", alert.article?.feed.rawValue),
      ("TIDINGS_URL", alert.article?.url),
      ("TIDINGS_LINE", String(decoding: line.bytes, as: UTF8.self)),
    ])
  }
}
