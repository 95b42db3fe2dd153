import FoundationEssentials
import Text
import Core
public import GRDB

/// Who and what is mentioned where, and the subjects that articles belong to.
public struct EntityView: Projection {
  public static let version = 1
  public static let tables = ["entity", "mention", "topic", "article_topic"]

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE entity (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE mention (
          entity TEXT NOT NULL, article TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL,
          end INTEGER NOT NULL, text TEXT NOT NULL, seen REAL NOT NULL,
          PRIMARY KEY (entity, article, field, start)) WITHOUT ROWID;
        CREATE INDEX mention_article ON mention (article);
        CREATE INDEX mention_seen ON mention (seen);
        CREATE TABLE topic (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE article_topic (
          topic TEXT NOT NULL, article TEXT NOT NULL, seen REAL NOT NULL,
          PRIMARY KEY (topic, article)) WITHOUT ROWID;
        CREATE INDEX topic_article ON article_topic (article);
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    switch recorded.event.fact {
    case .vocabularyDefined(let part): try define(part, db)
    case .articlePublished(let article, _): try note(article.id, recorded, db)
    case .articleRevised(let article, _):
      for table in ["mention", "article_topic"] {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE article = ?", arguments: [article.id.rawValue])
      }
      try note(article.id, recorded, db)
    default: break
    }
  }

  private func note(_ article: Article.ID, _ recorded: Recorded, _ db: Database) throws {
    let seen = recorded.recordedAt.timeIntervalSince1970
    for mention in recorded.reading?.mentions ?? [] {
      try db.cachedStatement(sql: "INSERT OR IGNORE INTO mention VALUES (?, ?, ?, ?, ?, ?, ?)")
        .execute(arguments: [
          mention.entity, article.rawValue, mention.field, mention.start, mention.end,
          mention.text, seen,
        ])
    }
    for topic in recorded.reading?.topics ?? [] {
      try db.cachedStatement(sql: "INSERT OR IGNORE INTO article_topic VALUES (?, ?, ?)")
        .execute(arguments: [topic, article.rawValue, seen])
    }
  }

  /// Takes the names of a vocabulary; what is malformed was refused before it was recorded.
  private func define(_ part: VocabularyDefinition, _ db: Database) throws {
    let entries = try ConfigNode(json: Array(part.text.utf8), file: "log").entries ?? []
    switch part.part {
    case "entities":
      try db.execute(sql: "DELETE FROM entity")
      for entry in entries {
        let aliases = entry.value["aliases"]?.json ?? Array("[]".utf8)
        try db.execute(
          sql: "INSERT INTO entity VALUES (?, ?, ?, ?)",
          arguments: [
            entry.key, entry.value["name"]?.text ?? entry.key, entry.value["type"]?.text ?? "",
            String(decoding: aliases, as: UTF8.self),
          ])
      }
    case "topics":
      try db.execute(sql: "DELETE FROM topic")
      for entry in entries {
        try db.execute(
          sql: "INSERT INTO topic VALUES (?, ?)",
          arguments: [entry.key, entry.value["name"]?.text ?? entry.key])
      }
    default: break
    }
  }
}
