import Core
import Glibc

/// The journal of systemd, by its native socket: one datagram a line, with fields.
///
/// Every value goes with its length, so that no newline in a title begins a field. The journal does not
/// answer: after a crash a line may stand there twice, with one `TIDINGS_CURSOR`.
public actor Journal: Outlet {
  public nonisolated let name: String
  private let path: String
  /// Cursors of lines that went before one that did not: the next attempt begins behind them.
  private var sent: Set<UInt64> = []

  public init(name: String, path: String = "/run/systemd/journal/socket") {
    self.name = name
    self.path = path
  }

  public func send(_ lines: [AlertLine]) async -> Outcome {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return .retry("no socket", after: nil) }
    defer { close(descriptor) }
    for line in lines where !sent.contains(line.cursor) {
      if let code = send(Self.datagram(line), by: descriptor) {
        return .retry("\(path): \(unsafe String(cString: strerror(code)))", after: nil)
      }
      sent.insert(line.cursor)
    }
    sent = []
    return .delivered(receipt: nil)
  }

  /// The error's number if it did not go; never waits, for a journal that hangs must hold up nothing.
  private func send(_ bytes: [UInt8], by descriptor: Int32) -> Int32? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(path.utf8)
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return ENAMETOOLONG }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let sent = unsafe withUnsafeBytes(of: &address) { raw in
      unsafe sendto(
        descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
        raw.baseAddress?.assumingMemoryBound(to: sockaddr.self), size)
    }
    return sent < 0 ? errno : nil
  }

  /// The fields of a line in the journal's native form (systemd, JOURNAL_NATIVE_PROTOCOL).
  static func datagram(_ line: AlertLine) -> [UInt8] {
    let alert = line.alert
    let priority =
      [Alert.Severity.critical: "2", .warning: "4", .notice: "5"][alert.severity] ?? "6"
    let fields: [(String, String?)] = [
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
    ]
    var bytes: [UInt8] = []
    for case (let name, let value?) in fields {
      bytes += Array(name.utf8) + [0x0A]
      let length = UInt64(value.utf8.count)
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: length >> shift))
      }
      bytes += Array(value.utf8) + [0x0A]
    }
    return bytes
  }
}
