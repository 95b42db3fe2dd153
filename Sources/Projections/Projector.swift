public import Core
public import EventLog
import Text

/// Follows the log and folds it into the views.
public actor Projector {
  private let views: Views
  private let log: any EventLog
  private let makeReader: MakeReader
  /// Records of one transaction at most; what is folded does not depend on it.
  private let batch: Int
  /// Reads articles with the words in force at ``position``.
  public private(set) var reader: ArticleReader
  private var vocabulary: [String: String]
  /// The last position folded.
  public private(set) var position: Position
  private var followers: [Int: AsyncStream<Position>.Continuation] = [:]
  private var nextFollower = 0
  private let pulse: Pulse

  public init(
    _ views: Views, log: any EventLog, makeReader: @escaping MakeReader, batch: Int = 1_000,
    pulse: @escaping Pulse = { _ in }
  ) throws {
    (self.views, self.log, self.makeReader, self.batch) = (views, log, makeReader, batch)
    self.pulse = pulse
    position = try views.position
    vocabulary = try views.vocabulary()
    reader = makeReader(vocabulary)
  }

  /// Folds what is there and what comes, until cancelled.
  public func run() async throws {
    for try await records in log.subscribe(from: position.next) {
      while try !foldIfRoom(records) { try await Task.sleep(for: Self.pause) }
    }
  }

  /// How long a full disk is left alone.
  private static let pause = Duration.seconds(10)

  /// Folds, or leaves everything as it was where the disk is full.
  private func foldIfRoom(_ records: [Record]) throws -> Bool {
    do {
      try fold(records)
      return true
    } catch ViewsError.full {
      return false
    }
  }

  /// Folds up to `last`, or to the end that the log has now.
  public func catchUp(upTo last: Position? = nil) async throws {
    try await catchUp(before: last?.next, report: nil)
  }

  /// Folds up to the end that the log has now, and tells how far it is.
  public func catchUp(reporting report: @escaping Report) async throws {
    try await catchUp(before: nil, report: report)
  }

  /// Folds what stands before `end`, or before the end that the log has now, and tells how far it is.
  func catchUp(before end: Position?, report: Report?) async throws {
    let end = if let end { end } else { try await log.end }
    while position.next < end {
      let records = try await log.read(from: position.next, limit: batch)
        .filter { $0.position < end }
      guard !records.isEmpty else { break }
      try fold(records)
      report?(position.rawValue, end.rawValue - 1)
    }
  }

  /// Told how many records of how many are folded.
  public typealias Report = @Sendable (_ done: UInt64, _ all: UInt64) -> Void

  /// The position after each fold; a slow reader gets the newest.
  public func advances() -> AsyncStream<Position> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Position.self, bufferingPolicy: .bufferingNewest(1))
    let number = nextFollower
    nextFollower += 1
    followers[number] = continuation
    continuation.onTermination = { _ in Task { await self.forget(number) } }
    continuation.yield(position)
    return stream
  }

  private func forget(_ number: Int) {
    followers[number] = nil
  }

  /// Folds what was not folded; several callers may bring the same records.
  private func fold(_ records: [Record]) throws {
    let fresh = records.filter { $0.position > position }
    guard let last = fresh.last else { return }
    pulse(.step)
    defer { pulse(.rest(atMost: nil)) }
    let words = (vocabulary, reader)
    do {
      let batch = try fresh.compactMap { try unread($0) }
      try views.fold(
        Unread.read(batch), after: position, through: last.position, at: last.recordedAt)
    } catch {
      // The records come again, and must be read with the words that were in force before them.
      (vocabulary, reader) = words
      throw error
    }
    position = last.position
    for (_, follower) in followers { follower.yield(position) }
  }

  /// A record and what reads it: a vocabulary counts from its own record on.
  ///
  /// Nil for what says nothing any more, and for what a later version wrote and this one may skip.
  private func unread(_ record: Record) throws -> Unread? {
    guard let event = try Event(of: record) else { return nil }
    if case .vocabularyDefined(let part) = event.fact {
      vocabulary[part.part] = part.text
      reader = makeReader(vocabulary)
    }
    let recorded = Recorded(
      position: record.position, recordedAt: record.recordedAt, event: event,
      payload: record.payload)
    return Unread(recorded: recorded, reader: reader)
  }
}
