import Glibc

/// An entry of systemd's journal, in its native form (systemd, JOURNAL_NATIVE_PROTOCOL).
///
/// Every value goes with its length, so that no newline in a title begins a field.
public struct JournalEntry: Hashable, Sendable {
  public static let socket = "/run/systemd/journal/socket"

  /// The datagram.
  public private(set) var bytes: [UInt8] = []

  /// An entry of the fields that have a value.
  public init(_ fields: [(name: String, value: String?)]) {
    for case (let name, let value?) in fields {
      bytes += Array(name.utf8) + [0x0A]
      let length = UInt64(value.utf8.count)
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: length >> shift))
      }
      bytes += Array(value.utf8) + [0x0A]
    }
  }

  /// Sends it to the socket at `path`; the error's number if it did not go.
  ///
  /// Never waits: a journal that hangs must hold up nothing.
  public func send(to path: String = socket) -> Int32? {
    let descriptor = Glibc.socket(
      AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    return send(to: path, by: descriptor)
  }

  /// The same by an open socket, for many entries.
  func send(to path: String, by descriptor: Int32) -> Int32? {
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
}
