import Core
import FoundationEssentials
import Logging

/// Writes the daemon's own log to standard error: one line each, safe for a terminal.
///
/// Under systemd the journal adds time and unit, so the line begins with the level as sd-daemon(3)
/// has it; by hand it begins with the time.
struct LineLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info
  private let isJournal: Bool

  init(isJournal: Bool) {
    self.isJournal = isJournal
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let values = metadata.merging(event.metadata ?? [:]) { $1 }
    let line = Self.line(event.message.description, values)
    let head =
      isJournal
      ? "<\(event.level.priority)>" : "\(Timestamp.text(WallClock.second())) \(event.level) "
    Terminal.tell(head + line)
  }

  /// A message and its values in the order of their names, safe for a terminal.
  static func line(_ message: String, _ values: Logger.Metadata) -> String {
    let pairs = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return SafeText.line(([message] + pairs).joined(separator: " "))
  }
}

extension Logger.Level {
  /// The priority of syslog(3).
  var priority: Int {
    switch self {
    case .critical: 2
    case .error: 3
    case .warning: 4
    case .notice: 5
    case .info: 6
    case .debug, .trace: 7
    }
  }
}
