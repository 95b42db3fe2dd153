import GRDB
import Text

/// Entities as rows of the views, for one record.
///
///     entity         who or what was ever named or configured: what it is called, who says so
///     alias          a way in which articles write it, and the entity that is meant by it
///     mention        an alias in an article, by the position of the revision that has it
///     reading_model  the lists and models that names were found by; reading_via what of them found one
///     alias_judged   what people said that an alias means; entity_judged their words as they came
///     entity_merged  into which other one an entity was merged: `merged` is where that leads in the end
///
/// What is found in an article has the id that its reader gives; which entity that is stands in the row of
/// the alias, so a word of a person changes few rows, and holds for all articles, past and to come.
struct EntityTables {
  static let names = [
    "entity", "alias", "mention", models, vias, "alias_judged", "entity_judged", "entity_merged",
  ]
  static let models = "reading_model"
  private static let vias = "reading_via"

  /// Who says that there is such an entity; only what nobody but articles tells of is ever forgotten.
  enum Source: String {
    case found, list, person, `operator`
  }

  /// Ways to write one entity that are kept; what comes later counts as the first that means the same.
  private static let aliases = 32

  /// Whether a person's word is all that is known of an entity: its id.
  static let isBare = "(source = 'person' AND type = '' AND name = id)"

  /// Articles up to which a name that nobody knows may be chance.
  private static let few = 2

  /// Mentions that are counted anew with a word of a person, and with an article; at least a day is with each
  /// article.
  typealias Share = (word: Int, article: Int)
  static let share: Share = (word: 20_000, article: 2_000)

  let db: Database
  var share = Self.share

  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE entity (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, source TEXT NOT NULL,
          configured TEXT, merged TEXT, first REAL, last REAL, articles INTEGER NOT NULL,
          mentions INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX entity_known ON entity (articles DESC, mentions DESC, name, id)
          WHERE merged IS NULL AND articles > 0;
        CREATE INDEX entity_first ON entity (first);
        CREATE INDEX entity_name ON entity (name COLLATE NOCASE);
        CREATE INDEX entity_configured ON entity (id) WHERE configured IS NOT NULL;
        CREATE INDEX entity_once ON entity (last, id) WHERE source = 'found' AND articles < 2;
        CREATE TABLE alias (
          number INTEGER PRIMARY KEY, said TEXT NOT NULL, text TEXT NOT NULL, key INTEGER NOT NULL,
          entity TEXT NOT NULL, first REAL NOT NULL, UNIQUE (said, text));
        CREATE INDEX alias_entity ON alias (entity);
        CREATE INDEX alias_key ON alias (key);
        CREATE TABLE mention (
          alias INTEGER NOT NULL, position INTEGER NOT NULL, mentions INTEGER NOT NULL,
          field TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, via INTEGER NOT NULL,
          model INTEGER, seen REAL NOT NULL, PRIMARY KEY (alias, position)) WITHOUT ROWID;
        CREATE INDEX mention_position ON mention (position);
        CREATE TABLE reading_model (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
        CREATE TABLE reading_via (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
        CREATE TABLE alias_judged (
          said TEXT NOT NULL, key INTEGER NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (said, key))
          WITHOUT ROWID;
        CREATE TABLE entity_judged (
          position INTEGER NOT NULL, other TEXT NOT NULL, entity TEXT NOT NULL, word TEXT NOT NULL,
          by TEXT NOT NULL, note TEXT, at REAL NOT NULL, PRIMARY KEY (position, other)) WITHOUT ROWID;
        CREATE INDEX entity_judged_entity ON entity_judged (entity);
        CREATE TABLE entity_merged (entity TEXT PRIMARY KEY, parent TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX entity_merged_parent ON entity_merged (parent);
        """)
  }

  // MARK: Keeping

  /// Keeps whom a revision names.
  ///
  /// - Returns: each entity once, with its mentions.
  func keep(
    _ reading: Reading, at position: Int64, seen: Double
  ) throws -> [(entity: String, mentions: Int)] {
    let model = try reading.models.map { try number(of: $0, in: Self.models) }
    var named: [(entity: String, mentions: Int)] = []
    var places: [String: Int] = [:]
    for form in NamedForm.all(of: reading) {
      let alias = try alias(for: form, seen)
      try db.run(
        """
        INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions
        """,
        [
          alias.number, position, form.mentions, form.first.field, form.first.start, form.first.end,
          try number(of: form.first.via, in: Self.vias), form.isConfigured ? nil : model, seen,
        ])
      let place = places[alias.entity, default: named.count]
      if place == named.count {
        places[alias.entity] = place
        named.append((alias.entity, 0))
      }
      named[place].mentions += form.mentions
      try note(form, of: alias.entity, seen)
    }
    for (entity, mentions) in named {
      try db.run(
        """
        UPDATE entity SET articles = articles + 1, mentions = mentions + ?2, last = ?3
        WHERE id = ?1
        """, [entity, mentions, seen])
      // By itself: what is set is written to its index, the same or not.
      try db.run("UPDATE entity SET first = ? WHERE id = ? AND first IS NULL", [seen, entity])
    }
    return named
  }

  /// The number of a word that many mentions have.
  private func number(of word: String, in table: String) throws -> Int64 {
    let known = try db.first("SELECT number FROM \(table) WHERE id = ?", [word])
    if let known { return known["number"] }
    try db.run("INSERT INTO \(table) (id) VALUES (?)", [word])
    return db.lastInsertedRowID
  }

  /// Sees to it that there is a row of the entity that is meant; lists say more than a tagger.
  private func note(_ form: NamedForm, of entity: String, _ seen: Double) throws {
    let row = try db.first(
      "SELECT source, \(Self.isBare) AS isBare FROM entity WHERE id = ?", [entity])
    let source = form.source
    guard let row else {
      return try db.run(
        "INSERT INTO entity VALUES (?, ?, ?, ?, NULL, NULL, NULL, ?, 0, 0)",
        [entity, form.name, form.first.kind.rawValue, source.rawValue, seen])
    }
    if row["isBare"] {
      try db.run(
        "UPDATE entity SET name = ?, type = ? WHERE id = ?",
        [form.name, form.first.kind.rawValue, entity])
    }
    guard source == .list, row["source"] == Source.found.rawValue else { return }
    try db.run("UPDATE entity SET source = ? WHERE id = ?", [source.rawValue, entity])
  }

  // MARK: Aliases

  private func alias(
    for form: NamedForm, _ seen: Double
  ) throws -> (number: Int64, entity: String) {
    let known = try db.first(
      "SELECT number, entity FROM alias WHERE said = ? AND text = ?", [form.said, form.text])
    if let known { return (known["number"], known["entity"]) }
    let entity = try meant(by: form.key, of: form.said)
    let kept = try db.first(
      "SELECT count(*) AS n, min(iif(entity = ?2, number, NULL)) AS number FROM alias WHERE said = ?1",
      [form.said, entity])
    // Of whom a person's word says that another one is meant there is a row however many there are.
    if let kept, kept["n"] >= Self.aliases, let number: Int64 = kept["number"] {
      return (number, entity)
    }
    try db.run(
      "INSERT INTO alias (said, text, key, entity, first) VALUES (?, ?, ?, ?, ?)",
      [form.said, form.text, form.key, entity, seen])
    return (db.lastInsertedRowID, entity)
  }

  /// The entity that people mean by an alias, else the one that it was taken for.
  func meant(by key: Int64, of said: String) throws -> String {
    let own = try standing(said)
    let judged = try db.first(
      """
      SELECT entity FROM alias_judged WHERE said IN ('', ?1, ?2) AND key = ?3
      ORDER BY said = '' DESC, said = ?1 DESC LIMIT 1
      """, [said, own, key])
    return try judged.map { try standing($0["entity"]) } ?? own
  }

  /// The entity that another one was merged into, or itself.
  func standing(_ entity: String) throws -> String {
    try db.first("SELECT merged FROM entity WHERE id = ?", [entity]).flatMap { $0["merged"] }
      ?? entity
  }

  /// Entities that an article is about, by id: the operator's, and others that it names twice or in its title;
  /// those that only few articles ever named are left out.
  func main(at position: Int64) throws -> [String] {
    try String.fetchAll(
      try db.cachedStatement(
        sql: """
          SELECT entity.id FROM mention JOIN alias ON alias.number = mention.alias
          JOIN entity ON entity.id = alias.entity
          WHERE position = ? AND (source <> 'found' OR articles > ?) GROUP BY entity.id
          HAVING source = 'operator' OR sum(mention.mentions) > 1 OR max(field = 'title')
          ORDER BY entity.id
          """), arguments: [position, Self.few])
  }

  // MARK: Forgetting

  /// Takes out whom the revision at `position` names.
  ///
  /// - Returns: each entity with its mentions, and when that was said; nil where it names nobody.
  func forget(_ position: Int64) throws -> Mentioned? {
    let rows = try Row.fetchAll(
      try db.cachedStatement(
        sql: """
          SELECT entity, sum(mentions) AS mentions, seen
          FROM mention JOIN alias ON alias.number = mention.alias
          WHERE position = ? GROUP BY entity
          """), arguments: [position])
    guard let seen: Double = rows.first?["seen"] else { return nil }
    let named: [(entity: String, mentions: Int)] = rows.map { ($0["entity"], $0["mentions"]) }
    for (entity, mentions) in named {
      try db.run(
        "UPDATE entity SET articles = articles - 1, mentions = mentions - ? WHERE id = ?",
        [mentions, entity])
    }
    try db.run("DELETE FROM mention WHERE position = ?", [position])
    return Mentioned(position: position, seen: seen, named: named, topics: [])
  }

  /// Forgets some of those that one article named before `time` and none since.
  ///
  /// - Returns: what these articles said of them.
  func forgetOnce(before time: Double, limit: Int) throws -> [Mentioned] {
    let entities = try String.fetchAll(
      try db.cachedStatement(
        sql: """
          SELECT id FROM entity WHERE source = 'found' AND articles < 2 AND last < ?
          ORDER BY last, id LIMIT ?
          """), arguments: [time, limit])
    return try entities.compactMap { entity in
      let place = try db.first(
        """
        SELECT position, sum(mentions) AS mentions, seen
        FROM alias JOIN mention ON mention.alias = alias.number
        WHERE alias.entity = ? GROUP BY position
        """, [entity])
      try db.run(
        "DELETE FROM mention WHERE alias IN (SELECT number FROM alias WHERE entity = ?)", [entity])
      try db.run("DELETE FROM alias WHERE entity = ?", [entity])
      try db.run("DELETE FROM entity WHERE id = ?", [entity])
      return place.map {
        Mentioned(
          position: $0["position"], seen: $0["seen"], named: [(entity, $0["mentions"])], topics: [])
      }
    }
  }
}
