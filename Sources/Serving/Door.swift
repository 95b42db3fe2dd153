import FlyingSocks
import Glibc
import Synchronization

/// Where clients come in, until it is shut.
///
/// The server package opens every socket itself. So that it serves one that is open already, that one is put in the
/// place of the socket it opened (dup2(2)) before it waits there for the first time.
final class Door: Sendable {
  private struct State {
    var inherited: InheritedSocket?
    var isShut = false
    /// Who waits for the next client.
    var waiting: Task<Void, any Error>?
  }

  private let state: Synchronization.Mutex<State>

  init(_ inherited: InheritedSocket?) {
    state = Synchronization.Mutex(State(inherited: inherited))
  }

  var isShut: Bool { state.withLock { $0.isShut } }

  /// Nobody comes in any more; who is in stays.
  func shut() {
    let waiting = state.withLock { state in
      state.isShut = true
      return state.waiting
    }
    waiting?.cancel()
  }

  /// Waits for a client at `socket` by `body`.
  ///
  /// - Throws: once it is shut, what the server package takes for the end of its socket.
  func wait(at socket: Socket, _ body: @escaping @Sendable () async throws -> Void) async throws {
    try takeOver(socket)
    let waiting = Task { try await body() }
    let isShut = state.withLock { state in
      state.waiting = waiting
      return state.isShut
    }
    if isShut { waiting.cancel() }
    do {
      try await withTaskCancellationHandler {
        try await waiting.value
      } onCancel: {
        waiting.cancel()
      }
    } catch is CancellationError where self.isShut {
      throw SocketError.disconnected
    }
  }

  private func takeOver(_ socket: Socket) throws {
    let inherited = state.withLock { state in
      defer { state.inherited = nil }
      return state.inherited
    }
    guard let inherited else { return }
    let own = socket.file.rawValue
    guard dup2(inherited.descriptor, own) >= 0, fcntl(own, F_SETFD, FD_CLOEXEC) == 0 else {
      throw SocketError.makeFailed("dup2")
    }
    inherited.close()
  }
}
