import Foundation
import Glibc
import Synchronization

/// A scripted HTTP server on loopback, for tests: it answers with raw bytes, and says what it got.
///
/// The kernel chooses the port. Each connection has a thread and its requests are answered in turn;
/// the connection stays open until a reply closes it. Nothing waits for time: delays end when a
/// ``Gate`` is released, the client leaves, or the server stops.
public final class LocalServer: Sendable {
  /// Decides on the reply to a request; called on a connection's thread.
  public typealias Route = @Sendable (Request) -> Reply

  private struct State {
    var requests: [Request] = []
    var connections = 0
    var waiting: [(count: Int, waiter: CheckedContinuation<Void, Never>)] = []
  }

  /// The port on 127.0.0.1.
  public let port: Int

  private let listener: Int32
  private let ending: Gate
  private let state = Mutex(State())
  private let route: Route

  /// Starts a server that answers by `route`.
  public init(_ route: @escaping Route) throws {
    let (listener, port) = try Socket.listening()
    self.listener = listener
    self.port = port
    self.route = route
    ending = try Gate()
    Thread.detachNewThread { [self] in accept() }
  }

  /// The address of `path`, which begins with a slash.
  public func address(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  /// All requests so far, in the order they were complete.
  public var requests: [Request] { state.withLock { $0.requests } }

  /// How many connections were accepted.
  public var connections: Int { state.withLock { $0.connections } }

  /// Returns once at least `count` requests have come.
  public func received(_ count: Int) async {
    await withCheckedContinuation { waiter in
      let isThere = state.withLock { state in
        if state.requests.count >= count { return true }
        state.waiting.append((count, waiter))
        return false
      }
      if isThere { waiter.resume() }
    }
  }

  /// Closes the port and every connection.
  public func stop() {
    ending.release()
  }

  private func accept() {
    while Socket.isReadable(listener, unless: ending) {
      let connection = Socket.accept(listener)
      guard connection >= 0 else { continue }
      let number = state.withLock { state in
        state.connections += 1
        return state.connections
      }
      Thread.detachNewThread { [self] in serve(connection, number) }
    }
    close(listener)
  }

  private func serve(_ connection: Int32, _ number: Int) {
    var buffer: [UInt8] = []
    while let request = read(connection, number, &buffer) {
      note(request)
      guard play(route(request), connection) else { break }
    }
    close(connection)
  }

  private func note(_ request: Request) {
    let due = state.withLock { state in
      state.requests.append(request)
      let count = state.requests.count
      let due = state.waiting.filter { $0.count <= count }
      state.waiting.removeAll { $0.count <= count }
      return due.map(\.waiter)
    }
    for waiter in due { waiter.resume() }
  }

  private func read(_ connection: Int32, _ number: Int, _ buffer: inout [UInt8]) -> Request? {
    while true {
      if let (request, used) = Request.first(in: buffer, connection: number) {
        buffer.removeFirst(used)
        return request
      }
      guard Socket.isReadable(connection, unless: ending),
        let piece = Socket.read(connection)
      else { return nil }
      buffer += piece
    }
  }

  /// Plays a reply; `false` closes the connection.
  private func play(_ reply: Reply, _ connection: Int32) -> Bool {
    for step in reply.steps {
      switch step {
      case .bytes(let bytes):
        guard Socket.write(connection, bytes) else { return false }
      case .endless(let bytes):
        while !ending.isReleased, Socket.write(connection, bytes) {}
        return false
      case .drip(let bytes):
        while !ending.isReleased, Socket.write(connection, bytes) { usleep(100_000) }
        return false
      case .wait(let gate):
        guard gate.wait(unless: ending) else { return false }
      case .hang:
        _ = Socket.isReadable(connection, unless: ending)
        return false
      case .close:
        return false
      case .reset:
        Socket.resetOnClose(connection)
        return false
      }
    }
    return true
  }
}
