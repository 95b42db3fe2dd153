import Core
import Glibc
import Logging
import Sending

/// Writes the daemon's own log to systemd's journal with fields: `journalctl TIDINGS_FEED=wire` finds what was
/// said of a feed.
struct JournalLog: LogHandler {
  /// Bytes of a line; the socket takes some more.
  private static let limitBytes = 60_000

  /// Which values are fields, by what the log calls them.
  private static let fields = [
    ("feed.id", "TIDINGS_FEED"), ("site", "TIDINGS_HOST"), ("http.status", "TIDINGS_HTTP_STATUS"),
    ("rule", "TIDINGS_RULE"), ("outlet", "TIDINGS_OUTLET"),
  ]

  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info
  private let path: String
  /// Where lines go that the journal does not take.
  private let lines = LineLog(isJournal: true)

  init(path: String = JournalEntry.socket) {
    self.path = path
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let values = metadata.merging(event.metadata ?? [:]) { $1 }
    let message = event.message.description
    let line = LineLog.line(message, values)
    guard line.utf8.count <= Self.limitBytes else { return lines.log(event: event) }
    let head: [(name: String, value: String?)] = [
      ("MESSAGE", line), ("PRIORITY", String(event.level.priority)),
      ("SYSLOG_IDENTIFIER", "tidings"), ("TIDINGS_EVENT", Self.name(of: message)),
    ]
    let fields = Self.fields.map { key, name in (name: name, value: values[key]?.description) }
    if JournalEntry(head + fields).send(to: path) != nil { lines.log(event: event) }
  }

  /// A constant message as a name: letters and digits of ASCII, the rest as one hyphen each.
  static func name(of message: String) -> String {
    let words = message.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.joined(separator: "-")
  }

  /// Whether standard error is the journal's, and no file or pipe that somebody put in its place
  /// (systemd.exec(5), JOURNAL_STREAM).
  static var isThere: Bool {
    guard let name = unsafe getenv("JOURNAL_STREAM") else { return false }
    var status = stat()
    guard unsafe fstat(STDERR_FILENO, &status) == 0 else { return false }
    return unsafe String(cString: name) == "\(status.st_dev):\(status.st_ino)"
  }
}
