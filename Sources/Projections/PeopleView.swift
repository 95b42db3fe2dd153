public import Core
public import EventLog
public import FoundationEssentials
public import GRDB

/// What people said of alerts and rules: silences, acknowledgements, marks.
public struct PeopleView: Projection {
  public static let version = 2
  public static let tables = ["silence", "acknowledgement", "mark"]
  /// Who sets and lifts what stands in the configuration.
  public static let configuration = "configuration"

  /// Ids of silences that the configuration sets begin with it.
  private static let configured = "config-"

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE silence (
          id TEXT NOT NULL, position INTEGER NOT NULL, until REAL NOT NULL, lifted INTEGER,
          lifted_by TEXT, event BLOB NOT NULL, PRIMARY KEY (id, position)) WITHOUT ROWID;
        CREATE INDEX silence_until ON silence (until);
        CREATE TABLE acknowledgement (
          alert TEXT PRIMARY KEY, by TEXT NOT NULL, note TEXT, at REAL NOT NULL) WITHOUT ROWID;
        CREATE TABLE mark (
          alert TEXT PRIMARY KEY, mark TEXT NOT NULL, by TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    let at = recorded.event.at.timeIntervalSince1970
    let position = Int64(recorded.position.rawValue)
    switch recorded.event.fact {
    case .silenceSet(let silence):
      // Set anew it is a row of its own: it was not in force between.
      try lift(silence.id, by: silence.by, position, db)
      try db.run(
        "INSERT INTO silence VALUES (?, ?, ?, NULL, NULL, ?)",
        [
          silence.id.rawValue, position, silence.until.timeIntervalSince1970,
          Data(recorded.payload),
        ])
    case .silenceLifted(let id, let person): try lift(id, by: person, position, db)
    case .alertAcknowledged(let alert, let judgement):
      // The first counts; more say nothing new.
      try db.run(
        "INSERT OR IGNORE INTO acknowledgement VALUES (?, ?, ?, ?)",
        [alert.rawValue, judgement.by, judgement.note, at])
    case .alertMarked(let alert, let mark, let person):
      // The last counts: minds change.
      try db.run(
        "INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?)",
        [alert.rawValue, mark.rawValue, person, at])
    default: break
    }
  }

  private func lift(
    _ id: Silence.ID, by person: String, _ position: Int64, _ db: Database
  ) throws {
    try db.run(
      "UPDATE silence SET lifted = ?, lifted_by = ? WHERE id = ? AND lifted IS NULL",
      [position, person, id.rawValue])
  }

  /// The silences that end after `time` and were not lifted, by id.
  public static func silences(_ db: Database, after time: Date) throws -> [Silence] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT event FROM silence WHERE until > ? AND lifted IS NULL ORDER BY id"),
      arguments: [time.timeIntervalSince1970]
    ).compactMap(silence)
  }

  /// Those that were in force before the record at a position, where the time was `time`.
  fileprivate static func silences(
    _ db: Database, before position: Position, at time: Date
  ) throws -> [Silence] {
    let position = Int64(position.rawValue)
    return try Row.fetchAll(
      db,
      sql: """
        SELECT event FROM silence WHERE until > ? AND position < ? AND ifnull(lifted >= ?, 1) ORDER BY id
        """, arguments: [time.timeIntervalSince1970, position, position]
    ).compactMap(silence)
  }

  fileprivate static func configuredSilences(_ db: Database) throws -> [KnownSilence] {
    let prefix = configured
    return try Row.fetchAll(
      db,
      sql: """
        SELECT max(position), * FROM silence WHERE substr(id, 1, ?) = ? GROUP BY id ORDER BY id
        """,
      arguments: [prefix.count, prefix]
    ).compactMap { row in
      try silence(row).map { KnownSilence(silence: $0, liftedBy: row["lifted_by"]) }
    }
  }

  private static func silence(_ row: Row) throws -> Silence? {
    let json: Data = row["event"]
    guard
      case .silenceSet(let silence) = try Event(
        kind: EventKind.silenceSet.rawValue, json: [UInt8](json)
      ).fact
    else { return nil }
    return silence
  }

  /// The id of a silence that the configuration sets: the same for the same words.
  public static func id(configured silence: Silence) -> Silence.ID {
    let words =
      silence.rules + [
        JSONWriter.canonical(silence.scope), Timestamp.text(silence.until), silence.reason,
        silence.by,
      ] + (silence.expireIfIdle.map { [DurationText.text($0)] } ?? [])
    return Silence.ID(configured + Digest(of: ["tidings/1", "silence"] + words).description)
  }
}

/// A silence that the configuration has set, and who lifted it since.
public struct KnownSilence: Hashable, Sendable {
  public var silence: Silence
  public var liftedBy: String?

  /// Whether the configuration need not set it: it stands, or a person has lifted it.
  public var isInTheWay: Bool { liftedBy != PeopleView.configuration }
}

/// What people said of one alert.
public struct AlertWords: Hashable, Sendable {
  public var acknowledgedBy: String?
  public var acknowledgedAt: Date?
  public var note: String?
  public var mark: Alert.Mark?
  public var markedBy: String?
}

extension Views {
  /// The silences in force at `time`, by id.
  public func silences(at time: Date) throws -> [Silence] {
    try read { try PeopleView.silences($0, after: time) }
  }

  /// Those that were in force before the record at a position, where the time was `time`.
  public func silences(before position: Position, at time: Date) throws -> [Silence] {
    try read { try PeopleView.silences($0, before: position, at: time) }
  }

  /// What the configuration has set so far, whether it stands or not.
  public func configuredSilences() throws -> [KnownSilence] {
    try read(PeopleView.configuredSilences)
  }

  /// What people said of an alert.
  public func words(of alert: Alert.ID) throws -> AlertWords {
    try read { db in
      var words = AlertWords()
      if let row = try db.first("SELECT * FROM acknowledgement WHERE alert = ?", [alert.rawValue]) {
        (words.acknowledgedBy, words.note) = (row["by"], row["note"])
        words.acknowledgedAt = Date(timeIntervalSince1970: row["at"])
      }
      if let row = try db.first("SELECT * FROM mark WHERE alert = ?", [alert.rawValue]) {
        words.mark = Alert.Mark(rawValue: row["mark"])
        words.markedBy = row["by"]
      }
      return words
    }
  }

  /// How many alerts of each rule people call noise.
  public func noise() throws -> [String: Int] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT rule, count(*) AS noise FROM (
            SELECT DISTINCT alert.id, alert.rule FROM mark JOIN alert ON alert.id = mark.alert
            WHERE mark.mark = 'noise') GROUP BY rule
          """)
      return Dictionary(rows.map { ($0["rule"], $0["noise"]) }) { $1 }
    }
  }
}
