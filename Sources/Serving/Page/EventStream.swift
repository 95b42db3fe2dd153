import Core
import EventLog
import FlyingSocks
import Projections
import Synchronization

/// How many listen to what comes.
final class Listeners: Sendable {
  /// One of them, as long as it is kept.
  final class Listener: Sendable {
    private let all: Listeners

    fileprivate init(_ all: Listeners) {
      self.all = all
    }

    deinit {
      all.count.withLock { $0 -= 1 }
    }
  }

  private let count = Synchronization.Mutex(0)
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// Nil where there are as many as may be.
  func begin() -> Listener? {
    let isFree = count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
    return isFree ? Listener(self) : nil
  }
}

/// Alerts as server-sent events (HTML §9.2), each under the cursor that a listener goes on behind.
///
/// It asks only when the one before was sent, so a slow listener holds nothing back but itself, and finds
/// what it missed where it left off.
struct EventStream: AsyncBufferedSequence, Sendable {
  typealias Element = UInt8

  let source: any PageSource
  let from: Position
  let listener: Listeners.Listener

  func makeAsyncIterator() -> Iterator {
    Iterator(source: source, place: from, listener: listener)
  }

  struct Iterator: AsyncBufferedIteratorProtocol {
    let source: any PageSource
    var place: Position
    let listener: Listeners.Listener
    private var hasBegun = false

    init(source: any PageSource, place: Position, listener: Listeners.Listener) {
      (self.source, self.place, self.listener) = (source, place, listener)
    }

    mutating func next() async throws -> UInt8? {
      preconditionFailure("a stream of events is read in pieces")
    }

    mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
      guard hasBegun else {
        hasBegun = true
        return Array("retry: 3000\n: listening\n\n".utf8)
      }
      let lines = try await newLines()
      guard let last = lines.last else { return Array(": still here\n\n".utf8) }
      place = last.position
      return lines.flatMap { line in
        Array("id: \(line.position)\nevent: alert\ndata: ".utf8)
          + line.alert.line(cursor: line.position.description) + Array("\n\n".utf8)
      }
    }

    /// Nothing where none came in the time after which a listener wants to hear that it is heard.
    private func newLines() async throws -> [PlacedAlert] {
      try await withThrowingTaskGroup(of: [PlacedAlert].self) { [source, place] group in
        group.addTask { try await source.newAlerts(after: place, limit: PageLimits.rows) }
        group.addTask {
          try await Task.sleep(for: PageLimits.heartbeat)
          return []
        }
        defer { group.cancelAll() }
        return try await group.next() ?? []
      }
    }
  }
}
