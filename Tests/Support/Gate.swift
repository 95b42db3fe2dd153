import Glibc

/// Something threads wait at until it is released, once and for all.
public final class Gate: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32

  public init() throws {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw SocketError(code: errno) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Lets everyone through, now and later.
  public func release() {
    unsafe write(writeEnd, [1], 1)
  }

  /// Whether it was released.
  public var isReleased: Bool { Socket.poll([readEnd], milliseconds: 0) == 0 }

  /// Waits for release; `false` if `other` was released first.
  func wait(unless other: Gate) -> Bool {
    Socket.poll([readEnd, other.readEnd], milliseconds: -1) == 0
  }

  /// Waits until `descriptor` has something to read or its peer left; `false` on release.
  func waits(for descriptor: Int32) -> Bool {
    Socket.poll([readEnd, descriptor], milliseconds: -1) == 1
  }
}
