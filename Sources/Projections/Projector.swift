import Core
public import EventLog
import Text

/// Follows the log and folds it into the views.
public actor Projector {
  private let views: Views
  private let log: any EventLog
  private let makeReader: MakeReader
  private var reader: ArticleReader
  private var vocabulary: [String: String]
  /// The last position folded.
  public private(set) var position: Position
  private var followers: [Int: AsyncStream<Position>.Continuation] = [:]
  private var nextFollower = 0

  public init(_ views: Views, log: any EventLog, makeReader: @escaping MakeReader) throws {
    (self.views, self.log, self.makeReader) = (views, log, makeReader)
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
    let end: Position = if let last { last.next } else { try await log.end }
    while position.next < end {
      let records = try await log.read(from: position.next, limit: 1_000)
        .filter { $0.position < end }
      guard !records.isEmpty else { break }
      try fold(records)
    }
  }

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
    var batch: [Recorded] = []
    for record in records where record.position > position {
      batch.append(try recorded(record))
    }
    try views.fold(batch)
    position = batch.last?.position ?? position
    for (_, follower) in followers { follower.yield(position) }
  }

  /// Reads an article with the words of its time: a vocabulary counts from its own record on.
  private func recorded(_ record: Record) throws -> Recorded {
    let event = try Event(kind: record.kind, json: record.payload)
    var reading: Reading?
    switch event.fact {
    case .vocabularyDefined(let part):
      vocabulary[part.part] = part.text
      reader = makeReader(vocabulary)
    case .articlePublished(let article, _), .articleRevised(let article, _):
      reading = reader(article)
    default: break
    }
    return Recorded(
      position: record.position, recordedAt: record.recordedAt, event: event, reading: reading)
  }
}
