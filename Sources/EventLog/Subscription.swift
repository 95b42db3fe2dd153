/// Batches of records in order: first the past, then the live tail; none is empty.
///
/// Ends when the task that iterates is cancelled. Throws what reading throws, and `closed` once the
/// log is closed, whatever was not read until then.
public struct Subscription: AsyncSequence, Sendable {
  public typealias Element = [Record]
  public typealias Failure = EventLogError

  /// Waits for records at or after a position; an empty answer ends the subscription.
  public typealias Pull = @Sendable (Position) async throws(EventLogError) -> [Record]

  private let start: Position
  private let pull: Pull

  public init(from start: Position, pull: @escaping Pull) {
    self.start = start
    self.pull = pull
  }

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(position: start, pull: pull)
  }

  /// Remembers where the subscription stands.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate var position: Position
    fileprivate let pull: Pull

    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(EventLogError) -> [Record]? {
      guard !Task.isCancelled else { return nil }
      let records = try await pull(position)
      guard let last = records.last else { return nil }
      position = last.position.next
      return records
    }

    public mutating func next() async throws(EventLogError) -> [Record]? {
      try await next(isolation: nil)
    }
  }
}
