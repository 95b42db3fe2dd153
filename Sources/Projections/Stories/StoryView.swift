public import Core
import EventLog
import FoundationEssentials
public import GRDB
import Synchronization
public import Text

/// Stories: which articles tell of one happening, which of them are copies, and who was first.
///
/// An article is put into its story where it is first folded, and stays there until a person says
/// otherwise: an edit moves nothing. What the decision needs of the past stands in rows, so a daemon holds
/// none of it and goes on where it stopped.
public final class StoryView: Projection {
  /// Raised with `StorySorter.version`, and where a shipped table of terms changes.
  public static let version = 3
  public static let tables = StoryTables.names

  private let background: @Sendable () -> Background
  private let uncounted: TermCounts
  private let held: Mutex<Held>

  /// What is carried from record to record, so that rows need not be read again.
  private struct Held {
    var counts: TermCounts
    /// Read in this transaction.
    var standings: [Int64: StoryStanding] = [:]
  }

  /// Stories that are held, each some kilobytes.
  private static let standings = 1_000

  /// `background` is asked for when the first article is folded: who only looks needs none.
  public init(_ background: @escaping @Sendable () -> Background = { Background() }) {
    self.background = background
    uncounted = TermCounts()
    held = Mutex(Held(counts: uncounted))
  }

  /// One that writes counts of terms more often.
  init(tail: Int) {
    background = { Background() }
    uncounted = TermCounts(longest: tail)
    held = Mutex(Held(counts: uncounted))
  }

  public func createTables(in db: Database) throws { try StoryTables.create(in: db) }

  public func begin() {
    held.withLock { held in
      held.counts.begin()
      held.standings = [:]
    }
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    let time = recorded.recordedAt.timeIntervalSince1970
    switch recorded.event.fact {
    case .articlePublished(let article, _), .articleRevised(let article, _):
      try withTables(db) { try take(article, recorded, $0) }
    case .storyMerged(let stories, _):
      try withTables(db) { try $0.merge(stories, at: time) }
    case .storySplit(let story, let articles, _):
      let position = Int64(recorded.position.rawValue)
      try withTables(db) { try $0.split(articles, off: story, to: position, at: time) }
    default: break
    }
  }

  /// Lends what is held to the tables, and takes it back.
  private func withTables(_ db: Database, _ body: (StoryTables) throws -> Void) throws {
    let lent = held.withLock { held in
      defer { held = Held(counts: uncounted) }
      return held
    }
    let tables = StoryTables(db, background(), lent.counts, lent.standings)
    try body(tables)
    let known = tables.standings.count <= Self.standings ? tables.standings : [:]
    let left = Held(counts: tables.counts, standings: known)
    held.withLock { $0 = left }
  }

  /// Puts an article that is new into its story.
  private func take(_ article: Article, _ recorded: Recorded, _ tables: StoryTables) throws {
    guard try !tables.contains(article.id) else { return }
    let seen = recorded.recordedAt.timeIntervalSince1970
    let piece = StoryPiece(
      article, position: Int64(recorded.position.rawValue), seen: seen,
      language: recorded.reading?.language)
    try tables.forget(before: seen)
    tables.article = article
    _ = try StorySorter().place(piece, in: tables)
  }
}

extension StoryPiece {
  init(_ article: Article, position: Int64, seen: Double, language: String?) {
    let published = article.published?.timeIntervalSince1970 ?? seen
    self.init(
      number: position, seen: seen, published: published, language: language ?? "",
      title: article.title, text: article.wording)
  }
}

extension Article {
  /// Who is behind it: its publisher, else its feed.
  var source: String { publisher ?? feed.rawValue }

  /// The name of the story that begins with it.
  public static func story(of first: Article.ID) -> Story.ID {
    Story.ID(Digest(of: ["tidings/1", "story", first.rawValue]).description)
  }
}
