public import Core
public import EventLog
public import FoundationEssentials
public import Text

/// A record of the log as views fold it: its event, its place and time, and what its words say.
public struct Recorded: Sendable {
  public var position: Position
  public var recordedAt: Date
  public var event: Event
  /// The event as the log holds it, which views keep as it stands.
  public var payload: [UInt8]
  /// Of the article in it, by the vocabulary in force at its position; nil without one.
  public var reading: Reading?
  /// Reads the article anew as one of another language; nil without one.
  public var reread: (@Sendable (_ language: String) -> Reading)?

  public init(
    position: Position, recordedAt: Date, event: Event, payload: [UInt8], reading: Reading? = nil,
    reread: (@Sendable (_ language: String) -> Reading)? = nil
  ) {
    self.position = position
    self.recordedAt = recordedAt
    self.event = event
    self.payload = payload
    self.reading = reading
    self.reread = reread
  }
}

extension EventLog {
  /// Appends `events` to `stream` as one unit.
  ///
  /// - Throws: as the log's own append.
  @discardableResult
  public func append(
    _ events: [Event], to stream: StreamName, at now: Date, ifUnchangedSince seen: Position? = nil
  ) async throws(EventLogError) -> Range<Position> {
    let records = events.map { event in
      NewRecord(id: event.id.bits, kind: event.kind.rawValue, payload: event.json)
    }
    return try await append(records, to: stream, at: now, ifUnchangedSince: seen)
  }
}

/// Says what the words of an article say, in a language or, where that is nil, in the one that it makes out.
public typealias ArticleReader = @Sendable (Article, _ language: String?) -> Reading

/// Makes a reader of the operator's vocabulary: its parts as JSON, by name.
public typealias MakeReader = @Sendable (_ vocabulary: [String: String]) -> ArticleReader
