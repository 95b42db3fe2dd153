import Core
import EventLog
import Projections

/// Decides what is news in documents, and records it; what waits meanwhile goes together.
///
///     document ─▶ waiting ─▶ a turn: look all up at one position ─▶ append each ─▶ fold all at once ─▶ told
///
/// Turns do not overlap: a decision rests on views that hold all that was decided before, or two feeds
/// that show an article at once would both find it new. Each document is a unit of its own in the log.
actor Recorder {
  /// Documents of one turn, whose news are in memory at once; more would make none of them cheaper.
  private static let limit = 16

  private typealias Waiting = (number: Int, document: ReadDocument)

  private let archive: Archive
  private let log: any EventLog
  private let projector: Projector

  private var waiting: [Waiting] = []
  private var outcomes: [Int: Result<Archive.News, any Error>] = [:]
  private var number = 0
  private var isBusy = false
  private var turns: [CheckedContinuation<Void, Never>] = []

  init(_ archive: Archive, log: any EventLog, projector: Projector) {
    (self.archive, self.log, self.projector) = (archive, log, projector)
  }

  /// What is news in a document; returns when its facts are durable and folded.
  ///
  /// - Throws: what log and views throw; what was appended stays, and is known when the document comes again.
  func record(_ document: ReadDocument) async throws -> Archive.News {
    number += 1
    let own = number
    waiting.append((own, document))
    await begin()
    defer { end() }
    while true {
      if let outcome = outcomes.removeValue(forKey: own) { return try outcome.get() }
      await take(Array(waiting.prefix(Self.limit)))
    }
  }

  private func begin() async {
    guard isBusy else { return isBusy = true }
    await withCheckedContinuation { turns.append($0) }
  }

  /// Hands over to who has waited longest; its document may have been taken along already.
  private func end() {
    if turns.isEmpty { isBusy = false } else { turns.removeFirst().resume() }
  }

  /// Decides and records; those that must be decided on again are the next to be taken.
  private func take(_ batch: [Waiting]) async {
    waiting.removeFirst(batch.count)
    do {
      waiting.insert(contentsOf: try await record(batch), at: 0)
    } catch {
      for one in batch where outcomes[one.number] == nil {
        outcomes[one.number] = .failure(error)
      }
    }
  }

  /// Returns those before which another document or append came.
  private func record(_ batch: [Waiting]) async throws -> [Waiting] {
    let reader = await projector.reader
    let known = try archive.known(batch.map(\.document.feed.id))
    let questions = batch.map {
      $0.document.question(isFirst: !known.contains($0.document.feed.id))
    }
    let answers = try archive.news(in: questions, reader: reader)
    var decided: [(Waiting, Archive.News)] = []
    var again: [Waiting] = []
    for (one, news) in zip(batch, answers) {
      guard let news else {
        again.append(one)
        continue
      }
      if news.events.isEmpty, known.contains(one.document.feed.id) {
        outcomes[one.number] = .success(news)
      } else {
        decided.append((one, news))
      }
    }
    again += try await append(decided)
    return again
  }

  /// Appends what was decided and folds it; returns those whose streams had moved on.
  private func append(_ decided: [(Waiting, Archive.News)]) async throws -> [Waiting] {
    guard !decided.isEmpty else { return [] }
    let ends = await appended(decided)
    try await projector.catchUp(upTo: ends.compactMap(\.position).max())
    var again: [Waiting] = []
    for ((one, news), end) in zip(decided, ends) {
      switch end {
      case .success: outcomes[one.number] = .success(news)
      case .failure(.changed): again.append(one)
      case .failure(let error): outcomes[one.number] = .failure(error)
      }
    }
    return again
  }

  /// All at once, so that the log syncs them together.
  private func appended(
    _ decided: [(Waiting, Archive.News)]
  ) async -> [Result<Position, EventLogError>] {
    await withTaskGroup(of: (Int, Result<Position, EventLogError>).self) { [log] group in
      for (index, (one, news)) in decided.enumerated() {
        group.addTask { (index, await one.document.append(news, to: log)) }
      }
      var ends = Array(
        repeating: Result<Position, EventLogError>.success(.origin), count: decided.count)
      for await (index, end) in group { ends[index] = end }
      return ends
    }
  }
}

extension ReadDocument {
  /// Appends its news; the fetch itself stands last: until it is there, a document cut off by a crash is
  /// still the first.
  fileprivate func append(
    _ news: Archive.News, to log: any EventLog
  ) async -> Result<Position, EventLogError> {
    var since = news.seen
    do throws(EventLogError) {
      for part in (news.events + [fetched(news)].compactMap(\.self)).parts {
        let range = try await log.append(
          part, to: .feed(feed.id.rawValue), at: now, ifUnchangedSince: since)
        since = Position(rawValue: range.upperBound.rawValue - 1)
      }
      return .success(since)
    } catch {
      return .failure(error)
    }
  }
}

extension Result<Position, EventLogError> {
  /// Up to where views must be folded before this can be gone on from.
  fileprivate var position: Position? {
    switch self {
    case .success(let last), .failure(.changed(_, let last)): last
    case .failure: nil
    }
  }
}
