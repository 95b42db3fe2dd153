import FoundationEssentials
import EventLog
import Text
import Core
public import GRDB

/// Who and what is mentioned where, and the subjects that articles belong to.
public struct EntityView: Projection {
  public static let version = 2
  public static let tables = ["entity", "mention", "topic", "article_topic"]

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE entity (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE mention (
          entity TEXT NOT NULL, position INTEGER NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL,
          end INTEGER NOT NULL, seen REAL NOT NULL,
          PRIMARY KEY (entity, position, field, start)) WITHOUT ROWID;
        CREATE INDEX mention_position ON mention (position);
        CREATE TABLE topic (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE article_topic (
          topic TEXT NOT NULL, position INTEGER NOT NULL, seen REAL NOT NULL,
          PRIMARY KEY (topic, position)) WITHOUT ROWID;
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    switch recorded.event.fact {
    case .vocabularyDefined(let part): try define(part, db)
    case .articlePublished, .articleRevised: try note(recorded, db)
    default: break
    }
  }

  /// Keeps what a revision says under its position; only what the newest says is asked for.
  private func note(_ recorded: Recorded, _ db: Database) throws {
    guard let reading = recorded.reading else { return }
    let position = Int64(recorded.position.rawValue)
    let seen = recorded.recordedAt.timeIntervalSince1970
    for mention in reading.mentions {
      try db.run(
        "INSERT OR IGNORE INTO mention VALUES (?, ?, ?, ?, ?, ?)",
        [mention.entity, position, mention.field, mention.start, mention.end, seen])
    }
    for topic in reading.topics {
      try db.run("INSERT OR IGNORE INTO article_topic VALUES (?, ?, ?)", [topic, position, seen])
    }
  }

  /// Takes the names of a vocabulary; what is malformed was refused before it was recorded.
  private func define(_ part: VocabularyDefinition, _ db: Database) throws {
    let entries = try ConfigNode(json: Array(part.text.utf8), file: "log").entries ?? []
    switch part.part {
    case "entities":
      try db.run("DELETE FROM entity")
      for entry in entries {
        let aliases = entry.value["aliases"]?.json ?? Array("[]".utf8)
        try db.run(
          "INSERT INTO entity VALUES (?, ?, ?, ?)",
          [
            entry.key, entry.value["name"]?.text ?? entry.key, entry.value["type"]?.text ?? "",
            String(decoding: aliases, as: UTF8.self),
          ])
      }
    case "topics":
      try db.run("DELETE FROM topic")
      for entry in entries {
        try db.run(
          "INSERT INTO topic VALUES (?, ?)",
          [entry.key, entry.value["name"]?.text ?? entry.key])
      }
    default: break
    }
  }
}
