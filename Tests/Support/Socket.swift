import Glibc

/// A failed call of the system.
public struct SocketError: Error {
  public var code: Int32
}

/// The few calls of the system that a ``LocalServer`` is made of.
enum Socket {
  /// A socket bound to 127.0.0.1 and the port the kernel gave it.
  static func bound() throws -> (Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SocketError(code: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(descriptor, generic, size) | getsockname(descriptor, generic, &size)
      }
    }
    guard code == 0 else { throw SocketError(code: errno) }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
  }

  /// A socket that takes connections.
  static func listening() throws -> (Int32, port: Int) {
    let (descriptor, port) = try bound()
    guard listen(descriptor, 128) == 0 else { throw SocketError(code: errno) }
    return (descriptor, port)
  }

  /// A connection to a port of this machine.
  static func connected(to port: Int) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, size)
      }
    }
    guard code == 0 else {
      defer { close(descriptor) }
      throw SocketError(code: errno)
    }
    return descriptor
  }

  static func accept(_ listener: Int32) -> Int32 {
    let descriptor = Glibc.accept(listener, nil, nil)
    var on: Int32 = 1
    unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
    return descriptor
  }

  /// Waits for something to read, or the peer's leave; `false` once `gate` is released.
  static func isReadable(_ descriptor: Int32, unless gate: Gate) -> Bool {
    gate.waits(for: descriptor)
  }

  /// What has come; `nil` if the peer left.
  static func read(_ descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16384)
    let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
    return count > 0 ? Array(bytes[..<count]) : nil
  }

  /// Sends all bytes; `false` if the peer left.
  static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe send(
          descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Makes the next close a reset.
  static func resetOnClose(_ descriptor: Int32) {
    var now = linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
  }

  /// The index of the first descriptor that is ready; `nil` after `milliseconds` (-1: never).
  static func poll(_ descriptors: [Int32], milliseconds: Int32) -> Int? {
    var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while true {
      let count = unsafe Glibc.poll(&entries, nfds_t(entries.count), milliseconds)
      if count > 0 { return entries.firstIndex { $0.revents != 0 } }
      if count == 0 || errno != EINTR { return nil }
    }
  }
}
