import Foundation
import Glibc

/// The socket of a journal: it takes datagrams and never answers.
final class DatagramSocket {
  private let descriptor: Int32

  /// Bound to `path`, which must be free.
  init(_ path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) {
      unsafe $0.copyBytes(from: Array(path.utf8))
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let code = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, size)
      }
    }
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  deinit { close(descriptor) }

  /// The datagrams that have come, whole.
  func received() -> [[UInt8]] {
    var all: [[UInt8]] = []
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    while case let count = unsafe recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT)),
      count > 0
    {
      all.append(Array(bytes[..<count]))
    }
    return all
  }
}
