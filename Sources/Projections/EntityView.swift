import FoundationEssentials
import EventLog
import Text
import Core
public import GRDB
import Synchronization

/// Who and what is mentioned where, and the subjects that articles belong to.
///
/// The operator's entities, and those that lists and models find. Names are many and most come once: what
/// one article alone ever named is forgotten after a month.
public final class EntityView: Projection {
  public static let version = 10
  public static let tables =
    EntityTables.names + ["topic", "article_topic", "topic_judged"] + MentionDays.tables

  /// Seconds in which who was named once is waited for, and how many of them go with an article.
  private static let once = 30.0 * 86_400
  private static let forgotten = 20

  /// Gathered in the transaction under way.
  private let counts = Mutex(MentionCounts())

  private let share: EntityTables.Share

  public init() { share = EntityTables.share }

  /// One that counts anew less at a time.
  init(share: EntityTables.Share) { self.share = share }

  private func tables(_ db: Database) -> EntityTables { EntityTables(db: db, share: share) }

  public func begin() { counts.withLock { $0 = MentionCounts() } }

  public func settle(in db: Database) throws { try counts.withLock { try $0.settle(in: db) } }

  public func createTables(in db: Database) throws {
    try EntityTables.create(in: db)
    try db.execute(
      sql: """
        CREATE TABLE topic (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE article_topic (
          topic TEXT NOT NULL, position INTEGER NOT NULL, seen REAL NOT NULL,
          PRIMARY KEY (topic, position)) WITHOUT ROWID;
        CREATE INDEX article_topic_position ON article_topic (position);
        CREATE TABLE topic_judged (
          article TEXT NOT NULL, topic TEXT NOT NULL, right INTEGER NOT NULL,
          PRIMARY KEY (article, topic)) WITHOUT ROWID;
        """)
    try MentionDays.createTables(in: db)
    try nameBuiltInTopics(db)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    switch recorded.event.fact {
    case .vocabularyDefined(let part): try define(part, db)
    case .articlePublished(let article, _), .articleRevised(let article, _):
      try note(article.id, recorded, db)
    case .topicJudged(let article, let topic, let right, _):
      try judge(article, topic, right, db)
    case .entityMerged, .entitySplit, .aliasJudged:
      // What people say changes days that are held.
      try settle(in: db)
      try tables(db).take(recorded)
    default: break
    }
  }

  /// Keeps what a revision says, in the place of what the one before it mentioned.
  ///
  /// An older revision that comes late says nothing; `ArticleView` has passed it over.
  private func note(_ article: Article.ID, _ recorded: Recorded, _ db: Database) throws {
    guard var reading = recorded.reading else { return }
    let position = Int64(recorded.position.rawValue)
    // Asked of every article; a number is had in half the time of a row.
    let before = try Int64.fetchOne(
      try db.cachedStatement(
        sql: """
          SELECT ifnull((
            SELECT max(position) FROM revision WHERE article = number AND position < ?1), 0)
          FROM article WHERE position = ?1
          """), arguments: [position])
    guard let before else { return }
    if before > 0 {
      try forget(before, db)
      reading.topics = try judged(reading.topics, of: article, db)
    }
    let seen = recorded.recordedAt.timeIntervalSince1970
    let tables = self.tables(db)
    if try tables.isBehind {
      try settle(in: db)
      try tables.goOnCounting()
    }
    for once in try tables.forgetOnce(before: seen - Self.once, limit: Self.forgotten) {
      try counts.withLock { try $0.remove(once, in: db) }
    }
    let named = try tables.keep(reading, at: position, seen: seen)
    let topics = try keep(reading.topics, position, seen, db)
    let said = Mentioned(position: position, seen: seen, named: named, topics: topics)
    try counts.withLock { try $0.add(said, in: db) }
  }

  /// Returns those that were not known of it.
  private func keep(
    _ topics: [String], _ position: Int64, _ seen: Double, _ db: Database
  ) throws -> [String] {
    try topics.filter { topic in
      try db.run("INSERT OR IGNORE INTO article_topic VALUES (?, ?, ?)", [topic, position, seen])
      return db.changesCount == 1
    }
  }

  /// Takes out what the revision at `position` says.
  private func forget(_ position: Int64, _ db: Database) throws {
    if let said = try tables(db).forget(position) {
      try counts.withLock { try $0.remove(said, in: db) }
    }
    let topics = try Row.fetchAll(
      try db.cachedStatement(sql: "SELECT topic, seen FROM article_topic WHERE position = ?"),
      arguments: [position])
    guard let seen: Double = topics.first?["seen"] else { return }
    let said = Mentioned(
      position: position, seen: seen, named: [], topics: topics.map { $0["topic"] })
    try counts.withLock { try $0.remove(said, in: db) }
    try db.run("DELETE FROM article_topic WHERE position = ?", [position])
  }

  // MARK: People

  /// The topics of an article, as a person has corrected them.
  private func judged(
    _ topics: [String], of article: Article.ID, _ db: Database
  ) throws -> [String] {
    let rows = try Row.fetchAll(
      try db.cachedStatement(sql: "SELECT topic, right FROM topic_judged WHERE article = ?"),
      arguments: [article.rawValue])
    let wrong = Set(rows.filter { !$0["right"] }.map { $0["topic"] as String })
    let right = rows.filter { $0["right"] }.map { $0["topic"] as String }
    return Set(topics + right).subtracting(wrong).sorted()
  }

  /// Gives an article a topic or takes it, whatever its words say, also those of later revisions.
  private func judge(
    _ article: Article.ID, _ topic: Topic.ID, _ right: Bool, _ db: Database
  ) throws {
    try db.run(
      "INSERT OR REPLACE INTO topic_judged VALUES (?, ?, ?)",
      [article.rawValue, topic.rawValue, right])
    // All that a revision says stands under one moment.
    let place = try db.first(
      """
      SELECT position, coalesce(
        (SELECT seen FROM mention WHERE mention.position = article.position LIMIT 1),
        (SELECT seen FROM article_topic AS own WHERE own.position = article.position LIMIT 1),
        seen) AS said
      FROM article WHERE id = ?
      """, [article.rawValue])
    guard let place else { return }
    let said = Mentioned(
      position: place["position"], seen: place["said"], named: [], topics: [topic.rawValue])
    if right {
      try db.run(
        "INSERT OR IGNORE INTO article_topic VALUES (?, ?, ?)",
        [topic.rawValue, said.position, said.seen])
    } else {
      try db.run(
        "DELETE FROM article_topic WHERE topic = ? AND position = ?",
        [topic.rawValue, said.position])
    }
    guard db.changesCount == 1 else { return }
    try counts.withLock { counts in
      if right { try counts.add(said, in: db) } else { try counts.remove(said, in: db) }
    }
  }

  private func nameBuiltInTopics(_ db: Database) throws {
    for topic in BuiltInTopic.allCases {
      try db.run("INSERT INTO topic VALUES (?, ?)", [topic.id, topic.name])
    }
  }

  /// Takes the names of a vocabulary; what is malformed was refused before it was recorded.
  private func define(_ part: VocabularyDefinition, _ db: Database) throws {
    let entries = try ConfigNode(json: Array(part.text.utf8), file: "log").entries ?? []
    switch part.part {
    case "entities": try tables(db).configure(entries)
    case "topics":
      try db.run("DELETE FROM topic")
      try nameBuiltInTopics(db)
      for entry in entries {
        try db.run(
          "INSERT OR REPLACE INTO topic VALUES (?, ?)",
          [entry.key, entry.value["name"]?.text ?? entry.key])
      }
    default: break
    }
  }
}
