import Dispatch
import GRDB
import Projections
import Serving

/// A few connections to the views, each for one question at a time.
///
/// What the page is asked so holds up neither the fold nor the threads that all loops share, and a question
/// that takes too long is broken off without any other noticing.
actor ViewReaders {
  /// A connection with a thread of its own: those of a queue for many are what all tasks run on.
  private struct Reader {
    let views: Views
    let thread = DispatchQueue(label: "page")
  }

  /// Questions at once, and those that may wait.
  private static let most = 3
  private static let mostWaiting = 64

  private let open: @Sendable () throws -> Views
  /// How long a question may take.
  private let time: Duration
  private var idle: [Reader] = []
  private var count = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(time: Duration = .seconds(5), open: @escaping @Sendable () throws -> Views) {
    (self.time, self.open) = (time, open)
  }

  /// What `body` reads.
  ///
  /// - Throws: `PageError.busy` where too many ask, `PageError.tooLong` where it was broken off.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Views) throws -> Value
  ) async throws -> Value {
    guard waiting.count < Self.mostWaiting else { throw PageError.busy }
    while idle.isEmpty, count == Self.most { await withCheckedContinuation { waiting.append($0) } }
    let reader = try take()
    defer { give(back: reader) }
    do {
      return try await run(body, reader)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      throw PageError.tooLong
    }
  }

  private func take() throws -> Reader {
    if let reader = idle.popLast() { return reader }
    let reader = Reader(views: try open())
    count += 1
    return reader
  }

  private func give(back reader: Reader) {
    idle.append(reader)
    if !waiting.isEmpty { waiting.removeFirst().resume() }
  }

  private func run<Value: Sendable>(
    _ body: @escaping @Sendable (Views) throws -> Value, _ reader: Reader
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { [time] group in
      group.addTask {
        try await withCheckedThrowingContinuation { done in
          reader.thread.async { done.resume(with: Result { try body(reader.views) }) }
        }
      }
      group.addTask {
        try? await Task.sleep(for: time)
        // Where all is read there is nothing to break off. Between two statements nothing is either: once more.
        repeat {
          reader.views.interrupt()
          try? await Task.sleep(for: .milliseconds(100))
        } while !Task.isCancelled
        return nil
      }
      defer { group.cancelAll() }
      while let value = try await group.next() {
        if let value { return value }
      }
      throw PageError.tooLong
    }
  }
}
