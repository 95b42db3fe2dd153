import Glibc

/// A socket on 127.0.0.1 that takes connections and answers none, as a service manager's for a service.
public final class ListeningSocket: Sendable {
  public let port: Int
  public let descriptor: Int32

  public init() throws {
    (descriptor, port) = try Socket.listening()
  }

  deinit {
    close(descriptor)
  }

  /// Another descriptor of it, which its taker closes.
  public var copy: Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 3) }
}
