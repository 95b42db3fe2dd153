import Core
import EventLog
import FoundationEssentials
import Projections
import Rules
import Text

/// Gives records of the log as rules see them, read by a vocabulary of today.
///
/// Records are read on all cores; they come in order all the same.
struct LogReplay {
  /// Records that are in memory at a time.
  private static let batch = 2_000

  let log: SegmentedLog
  /// Where the stories of articles are looked up, as they are now.
  let views: Views
  let progress: Projector.Report?

  /// Judges by `rules` what was recorded at `since` or later, before `end` if one is given.
  ///
  /// `body` is given what is decided on each record, also on those before `since` that only warm.
  ///
  /// - Returns: the replay as it stands behind the last record.
  @discardableResult
  func judge(
    by rules: RuleSet, since: Date, before end: Position? = nil,
    _ body: (RuleRecord, Event.Fact, [Decision]) throws -> Void
  ) async throws -> RuleReplay {
    var replay = RuleReplay(rules, since: since)
    try replay.begin(try await beginning(at: replay.start))
    try await run(from: replay.start, before: end, reader: { rules.read($0, in: $1) }) {
      record, fact in
      try body(record, fact, try replay.judge(record))
    }
    return replay
  }

  /// What the rules would have found at `start`.
  private func beginning(at start: Date) async throws -> RuleReplay.Beginning {
    let position = try await log.position(atOrAfter: start)
    let clock = try views.ruleClock()
    var beginning = RuleReplay.Beginning()
    beginning.silences = try views.silences(before: position, at: start).map { silence in
      // When one that held lines since did so before is not known: it was no idle one.
      let heeded = clock.heeded(silence).map { min($0, start.timeIntervalSince1970) }
      return (silence, heeded ?? start.timeIntervalSince1970)
    }
    beginning.clock = clock.before(
      start.timeIntervalSince1970,
      last: try await time(before: position)?.timeIntervalSince1970)
    beginning.feeds = try feeds(at: start)
    beginning.earlier = { [views] article, position in
      try views.read { try RuleTables.article(article, before: position, in: $0) }
    }
    return beginning
  }

  /// When the record before a position was recorded; nil where there is none.
  private func time(before position: Position) async throws -> Date? {
    guard position > .origin else { return nil }
    let before = Position(rawValue: position.rawValue - 1)
    return try await log.read(from: before, limit: 1).first { $0.position < position }?.recordedAt
  }

  /// How feeds were: of one that failed and recovered since it is not known that it failed, and one that had brought no
  /// article by then is taken in when the log next says that it is followed.
  private func feeds(at start: Date) throws -> FeedStanding {
    var standing = FeedStanding()
    let known = Set(try views.feeds(knownBefore: start))
    standing.fetched = Dictionary(known.map { ($0, start.timeIntervalSince1970) }) { $1 }
    for health in try views.feedHealth() where known.contains(health.feed.id) {
      standing.followed.insert(health.feed.id)
      if let since = health.failingSince, since < start { standing.failing.insert(health.feed.id) }
    }
    return standing
  }

  /// Reads an article in the language that it was folded with, where that is known: to make it out anew would
  /// cost more than all else, and leave out what its feed decided.
  typealias Reader = @Sendable (_ article: Article, _ language: String?) -> Text.Reading

  /// Gives what was recorded at `start` or later, before `end` if one is given, and what the log itself was
  /// told of it; articles are read where there is a `reader`.
  func run(
    from start: Date, before end: Position? = nil, reader: Reader? = nil,
    _ body: (RuleRecord, Event.Fact) throws -> Void
  ) async throws {
    var position = try await log.position(atOrAfter: start)
    var known: Set<Digest> = []
    let last = try await log.end
    let end = min(last, end ?? last)
    while position < end {
      try Task.checkCancellation()
      let records = try await log.read(from: position, limit: Self.batch)
      guard let last = records.last else { return }
      // A fact that comes again changes nothing in any view.
      let wanted = try await readAll(records, reader).filter {
        $0.position < end && known.insert($0.event.id).inserted
      }
      let told = try views.read { db in
        try wanted.map { try ArticleStory(of: $0.event.fact, in: db) }
      }
      for (recorded, told) in zip(wanted, told) {
        try body(RuleRecord(recorded, told: told), recorded.event.fact)
      }
      position = last.position.next
      progress?(last.position.rawValue, end.rawValue)
    }
  }

  private func readAll(_ records: [Record], _ reader: Reader?) async throws -> [Recorded] {
    let half = (records.count + 1) / 2
    async let second = read(Array(records.dropFirst(half)), reader)
    return try read(Array(records.prefix(half)), reader) + (try await second)
  }

  private func read(_ records: [Record], _ reader: Reader?) throws -> [Recorded] {
    try records.compactMap { record in
      guard let event = try Event(of: record) else { return nil }
      let reading: Text.Reading? =
        switch event.fact {
        case .articlePublished(let article, _), .articleRevised(let article, _):
          try reader.map { $0(article, try views.language(of: article.id)) }
        default: nil
        }
      return Recorded(
        position: record.position, recordedAt: record.recordedAt, event: event, payload: [],
        reading: reading)
    }
  }
}
