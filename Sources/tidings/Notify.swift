import Core
import Glibc

/// Tells systemd how the daemon stands (sd_notify(3)), by one datagram.
///
/// Without `NOTIFY_SOCKET`, hence outside systemd, it does nothing.
enum Notify {
  /// Whether somebody is told.
  static var isHeard: Bool { unsafe getenv("NOTIFY_SOCKET") != nil }

  static func ready(_ status: String) { send("READY=1\nSTATUS=\(SafeText.line(status))") }

  static func status(_ status: String) { send("STATUS=\(SafeText.line(status))") }

  static func stopping(_ status: String) { send("STOPPING=1\nSTATUS=\(SafeText.line(status))") }

  /// The sign that the watchdog waits for.
  static func watchdog() { send("WATCHDOG=1") }

  /// Asks for more time to start; a watchdog that waits already is content too.
  static func extend(by time: Duration, _ status: String) {
    let micros = time.components.seconds * 1_000_000
    send("EXTEND_TIMEOUT_USEC=\(micros)\nWATCHDOG=1\nSTATUS=\(SafeText.line(status))")
  }

  /// How long systemd waits for a sign of the watchdog; nil where it has none, or for another process
  /// (sd_watchdog_enabled(3)).
  static var watchdogTime: Duration? {
    guard let time = number("WATCHDOG_USEC"), time > 0 else { return nil }
    guard number("WATCHDOG_PID").map({ $0 == Int64(getpid()) }) ?? true else { return nil }
    return .microseconds(time)
  }

  private static func number(_ name: String) -> Int64? {
    unsafe getenv(name).flatMap { Int64(unsafe String(cString: $0)) }
  }

  /// Both lines in one datagram: notify-reload hangs without the second.
  static func reloading() {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    let micros = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000
    send("RELOADING=1\nMONOTONIC_USEC=\(micros)")
  }

  private static func send(_ message: String) {
    guard let raw = unsafe getenv("NOTIFY_SOCKET") else { return }
    var path = Array(unsafe String(cString: raw).utf8)
    // A leading @ means the abstract name space, where names begin with NUL.
    if path.first == UInt8(ascii: "@") { path[0] = 0 }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    let bytes = Array(message.utf8)
    // A manager that reads nothing must not hold up a daemon: the next message says more.
    _ = unsafe withUnsafeBytes(of: &address) { raw in
      unsafe sendto(
        descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
        raw.baseAddress?.assumingMemoryBound(to: sockaddr.self), length)
    }
  }
}
