import FlyingSocks
import Glibc

/// A socket that another opened and that listens already, such as systemd's of a unit of its own.
public struct InheritedSocket: Hashable, Sendable {
  /// Where it listens.
  public let address: ServerAddress
  let descriptor: Int32

  /// Takes a descriptor over; programs that this one starts do not get it.
  ///
  /// - Throws: where it is no socket that connections come to.
  public init(_ descriptor: Int32) throws(ServerError) {
    let socket = Socket(file: .init(rawValue: descriptor))
    guard Self.isListening(socket), fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
      throw ServerError(
        description:
          "descriptor \(descriptor): no socket that listens; write ListenStream= in the socket unit"
      )
    }
    do {
      // Whoever opened it may have meant to wait in accept(2).
      try socket.setFlags(.nonBlocking)
      address = ServerAddress(try socket.sockname())
    } catch {
      throw ServerError(
        description: "descriptor \(descriptor): cannot be taken over: \(error); restart its unit")
    }
    self.descriptor = descriptor
  }

  /// Lets go of it; who opened it has it still.
  public func close() {
    _ = Glibc.close(descriptor)
  }

  /// Whether it is a socket that clients connect to.
  static func isListening(_ socket: Socket) -> Bool {
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    let code = unsafe getsockopt(socket.file.rawValue, SOL_SOCKET, SO_ACCEPTCONN, &value, &size)
    return code == 0 && value != 0
  }
}
