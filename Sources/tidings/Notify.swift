import Glibc

/// Tells systemd how the daemon stands (sd_notify(3)), by one datagram.
///
/// Without `NOTIFY_SOCKET`, hence outside systemd, it does nothing.
enum Notify {
  static func ready(_ status: String) { send("READY=1\nSTATUS=\(status)") }

  static func stopping() { send("STOPPING=1") }

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
    _ = unsafe withUnsafeBytes(of: &address) { raw in
      unsafe sendto(
        descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL),
        raw.baseAddress?.assumingMemoryBound(to: sockaddr.self), length)
    }
  }
}
