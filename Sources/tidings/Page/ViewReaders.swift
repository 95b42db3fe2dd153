import Dispatch
import GRDB
import Projections
import Serving

/// A few connections to the views, each for one question at a time.
///
/// What the page is asked so holds up neither the fold nor the threads that all loops share, and a question
/// that takes too long is broken off without any other noticing.
actor ViewReaders {
  /// Questions at once, and those that may wait.
  private static let most = 3
  private static let mostWaiting = 64
  /// How long one may take.
  private static let time = Duration.seconds(5)

  private let open: @Sendable () throws -> Views
  private var idle: [Views] = []
  private var count = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private let threads = DispatchQueue(label: "page", attributes: .concurrent)

  init(open: @escaping @Sendable () throws -> Views) {
    self.open = open
  }

  /// What `body` reads.
  ///
  /// - Throws: `PageError.busy` where too many ask, `PageError.tooLong` where it was broken off.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Views) throws -> Value
  ) async throws -> Value {
    guard waiting.count < Self.mostWaiting else { throw PageError.busy }
    while idle.isEmpty, count == Self.most { await withCheckedContinuation { waiting.append($0) } }
    let views = try take()
    defer { give(back: views) }
    do {
      return try await Self.run(body, views, on: threads)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      throw PageError.tooLong
    }
  }

  private func take() throws -> Views {
    if let views = idle.popLast() { return views }
    let views = try open()
    count += 1
    return views
  }

  private func give(back views: Views) {
    idle.append(views)
    if !waiting.isEmpty { waiting.removeFirst().resume() }
  }

  private static func run<Value: Sendable>(
    _ body: @escaping @Sendable (Views) throws -> Value, _ views: Views, on threads: DispatchQueue
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask {
        try await withCheckedThrowingContinuation { done in
          threads.async { done.resume(with: Result { try body(views) }) }
        }
      }
      group.addTask {
        try? await Task.sleep(for: time)
        // Where all is read there is nothing to break off. Between two statements nothing is either: once more.
        repeat {
          views.interrupt()
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
