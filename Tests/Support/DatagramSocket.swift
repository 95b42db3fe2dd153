import Foundation
import Glibc

/// A socket that takes datagrams and never answers, as the journal's and the service manager's.
public final class DatagramSocket {
  private let descriptor: Int32

  /// Bound to `path`, which must be free.
  public init(_ path: String) throws {
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
  public func received() -> [[UInt8]] {
    var all: [[UInt8]] = []
    while let next = next() { all.append(next) }
    return all
  }

  /// Returns the datagrams up to the first that holds `words`, which is the last of them; looks, for the
  /// calls that wait would keep a thread from other tests.
  public func waits(for words: String) async throws -> [String] {
    var all: [String] = []
    while true {
      guard let next = next() else {
        try await Task.sleep(for: .milliseconds(10))
        continue
      }
      all.append(String(decoding: next, as: UTF8.self))
      if all[all.count - 1].contains(words) { return all }
    }
  }

  private func next() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    return count > 0 ? Array(bytes[..<count]) : nil
  }
}
