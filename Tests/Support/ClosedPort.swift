import Glibc

/// A port on 127.0.0.1 at which nobody listens, and nobody else can while the value lives.
public final class ClosedPort: Sendable {
  public let port: Int
  private let descriptor: Int32

  public init() throws {
    (descriptor, port) = try Socket.bound()
  }

  deinit {
    close(descriptor)
  }
}
