import Core
import EventLog
public import GRDB

/// The articles whose words a person had taken out of the log.
///
/// Their records say nothing any more; without their names they would come back as news, for their feeds may
/// show them still.
public struct RedactionView: Projection {
  public static let version = 1
  public static let tables = ["redacted"]

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE redacted (article TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    guard case .recordRedacted(let redaction) = recorded.event.fact else { return }
    for article in redaction.articles {
      try db.run(
        "INSERT OR IGNORE INTO redacted VALUES (?, ?)",
        [article.rawValue, Int64(recorded.position.rawValue)])
    }
  }

  static func contains(_ article: Article.ID, in db: Database) throws -> Bool {
    try db.first("SELECT 1 FROM redacted WHERE article = ?", [article.rawValue]) != nil
  }
}
