import Logging
import Synchronization

/// A log of messages that remembers what was critical.
final class Said: LogHandler {
  private let lines = Mutex<[String]>([])

  var critical: [String] { lines.withLock { $0 } }

  func log(event: LogEvent) {
    guard event.level == .critical else { return }
    let fault = event.metadata?["fault"].map { "\($0)" } ?? ""
    lines.withLock { $0.append("\(event.message): \(fault)") }
  }

  var logLevel: Logger.Level {
    get { .trace }
    set { _ = newValue }
  }
  var metadata: Logger.Metadata {
    get { [:] }
    set { _ = newValue }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set { _ = (key, newValue) }
  }
}
