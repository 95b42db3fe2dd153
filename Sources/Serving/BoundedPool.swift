import FlyingSocks
import Synchronization

/// What clients may take of a server.
public struct ServerLimits: Hashable, Sendable {
  /// How long a client may keep still within a request, between two, or while it is sent an answer.
  public var stillness = Duration.seconds(30)

  /// Clients that are waited for at once; one more is hung up on.
  public var clients = 256

  /// How long clients that are in at the end may take to hear their answer.
  public var farewell = Duration.seconds(1)

  public init() {}
}

/// The sockets of a server, which hang up on who keeps still.
///
/// The server package itself would wait for ever, for any number of clients, each with its descriptor.
struct BoundedPool<Base: AsyncSocketPool>: AsyncSocketPool {
  /// How many are waited for.
  private final class Count: Sendable {
    private let count = Synchronization.Mutex(0)

    /// False where there are `limit` already.
    func begin(limit: Int) -> Bool {
      count.withLock { count in
        guard count < limit else { return false }
        count += 1
        return true
      }
    }

    func end() {
      count.withLock { $0 -= 1 }
    }
  }

  private let base: Base
  private let limits: ServerLimits
  private let door: Door
  private let waiting = Count()

  init(_ base: Base, _ limits: ServerLimits, _ door: Door) {
    (self.base, self.limits, self.door) = (base, limits, door)
  }

  func prepare() async throws { try await base.prepare() }

  func run() async throws { try await base.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    // It may be still for as long as nobody comes.
    guard !InheritedSocket.isListening(socket) else {
      return try await door.wait(at: socket) {
        try await base.suspendSocket(socket, untilReadyFor: events)
      }
    }
    // What the package takes for a client that went away.
    guard waiting.begin(limit: limits.clients) else { throw SocketError.disconnected }
    defer { waiting.end() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await base.suspendSocket(socket, untilReadyFor: events) }
      group.addTask {
        try await Task.sleep(for: limits.stillness)
        throw SocketError.disconnected
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}
