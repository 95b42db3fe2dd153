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
    let pairs = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let line = SafeText.line(([event.message.description] + pairs).joined(separator: " "))
    let head =
      isJournal
      ? "<\(event.level.priority)>" : "\(Timestamp.text(Self.wholeSecond())) \(event.level) "
    Terminal.tell(head + line)
  }

  private static func wholeSecond() -> Date {
    Date(timeIntervalSince1970: WallClock.now().timeIntervalSince1970.rounded(.down))
  }
}

extension Logger.Level {
  /// The priority of syslog(3).
  fileprivate var priority: Int {
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
