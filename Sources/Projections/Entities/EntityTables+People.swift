import Core
import EventLog
import FoundationEssentials
import GRDB

/// What people say of entities; it holds whatever lists and models think, of articles past and to come.
extension EntityTables {
  /// Takes the operator's entities in the place of those that he gave before.
  func configure(_ entries: [ConfigNode.Entry]) throws {
    // What was mentioned stays, as something that somebody knew.
    try db.run("UPDATE entity SET configured = NULL, source = 'person' WHERE source = 'operator'")
    for entry in entries {
      let aliases = entry.value["aliases"]?.json ?? Array("[]".utf8)
      try db.run(
        """
        INSERT INTO entity VALUES (?, ?, ?, 'operator', ?, NULL, NULL, NULL, 0, 0)
        ON CONFLICT DO UPDATE SET name = excluded.name, type = excluded.type,
          source = excluded.source, configured = excluded.configured
        """,
        [
          entry.key, entry.value["name"]?.text ?? entry.key, entry.value["type"]?.text ?? "",
          String(decoding: aliases, as: UTF8.self),
        ])
    }
  }

  /// Takes what a person said, and keeps who it was and why.
  ///
  /// Whom they name may be unknown here: other lists and models give other ids, and what came once is forgotten. A
  /// word holds all the same, so whom it names is known by it alone until an article does.
  func take(_ recorded: Recorded) throws {
    switch recorded.event.fact {
    case .entityMerged(let entities, let judgement):
      let named = entities.map(\.rawValue)
      for entity in named { try know(entity) }
      guard let first = named.first else { return }
      for other in named.dropFirst() where try merge(other, into: first) {
        try keep("merged", first, other, judgement, recorded)
      }
    case .entitySplit(let entity, let aliases, let judgement):
      try know(entity.rawValue)
      try split(aliases, off: entity.rawValue)
      for alias in aliases { try keep("split", entity.rawValue, alias, judgement, recorded) }
    case .aliasJudged(let entity, let alias, let isSame, let judgement):
      try know(entity.rawValue)
      if isSame {
        try give(alias, to: entity.rawValue)
      } else {
        try split([alias], off: entity.rawValue)
      }
      try keep(isSame ? "alias" : "no alias", entity.rawValue, alias, judgement, recorded)
    default: break
    }
  }

  /// Sees to it that there is a row of whom a person named.
  private func know(_ entity: String) throws {
    try db.run(
      "INSERT OR IGNORE INTO entity VALUES (?1, ?1, '', 'person', NULL, NULL, NULL, NULL, 0, 0)",
      [entity])
  }

  private func keep(
    _ word: String, _ entity: String, _ other: String, _ judgement: Judgement,
    _ recorded: Recorded
  ) throws {
    try db.run(
      "INSERT OR REPLACE INTO entity_judged VALUES (?, ?, ?, ?, ?, ?, ?)",
      [
        Int64(recorded.position.rawValue), other, entity, word, judgement.by, judgement.note,
        recorded.event.at.timeIntervalSince1970,
      ])
    try db.run(
      "UPDATE entity SET source = 'person' WHERE id = ? AND source = 'found'", [entity])
  }

  // MARK: One and several

  /// Makes one of two; returns whether they were two.
  private func merge(_ other: String, into first: String) throws -> Bool {
    let (first, other) = (try standing(first), try standing(other))
    guard first != other else { return false }
    try db.run("UPDATE alias SET entity = ? WHERE entity = ?", [first, other])
    try db.run(
      """
      UPDATE entity SET (name, type) = (SELECT name, type FROM entity WHERE id = ?2)
      WHERE id = ?1 AND \(Self.isBare)
      """, [first, other])
    try db.run(
      "UPDATE entity SET merged = ?1, source = iif(source = 'found', 'person', source) "
        + "WHERE id = ?2 OR merged = ?2", [first, other])
    try count(first)
    try count(other)
    return true
  }

  /// Parts aliases from an entity: one that was merged into it is itself again, others are one new one.
  private func split(_ aliases: [String], off entity: String) throws {
    let entity = try standing(entity)
    var texts: [String] = []
    for alias in aliases {
      let row = try db.first("SELECT merged FROM entity WHERE id = ?", [alias])
      guard let row, row["merged"] == entity else {
        texts.append(alias)
        continue
      }
      try db.run("UPDATE entity SET merged = NULL WHERE id = ?", [alias])
      try db.run("UPDATE alias SET entity = ?1 WHERE said = ?1 AND entity = ?2", [alias, entity])
      try count(alias)
    }
    if let name = texts.first { try part(texts, as: name, from: entity) }
    try count(entity)
  }

  private func part(_ texts: [String], as name: String, from entity: String) throws {
    let keys = texts.map(NamedForm.key)
    let id = Self.id(of: keys, partedFrom: entity)
    try db.run(
      """
      INSERT OR IGNORE INTO entity
      SELECT ?1, ?2, type, 'person', NULL, NULL, NULL, NULL, 0, 0 FROM entity WHERE id = ?3
      """, [id, name, entity])
    for key in keys {
      try db.run(
        "DELETE FROM alias_judged WHERE said = '' AND key = ? AND entity = ?", [key, entity])
      let said = try String.fetchAll(
        db, sql: "SELECT DISTINCT said FROM alias WHERE entity = ? AND key = ?",
        arguments: [entity, key])
      for said in Set(said + [entity]).sorted() {
        try db.run("INSERT OR REPLACE INTO alias_judged VALUES (?, ?, ?)", [said, key, id])
      }
      try db.run(
        "UPDATE alias SET entity = ? WHERE entity = ? AND key = ?", [id, entity, key])
    }
    try count(id)
  }

  /// The id of what people part from an entity; the same for the same words.
  private static func id(of keys: [Int64], partedFrom entity: String) -> String {
    let words = ["tidings/1", "entity", entity] + keys.map { String($0) }
    return "tid:" + Digest(of: words).description.prefix(16)
  }

  /// Says that an alias means an entity, whatever it was taken for.
  private func give(_ alias: String, to entity: String) throws {
    let (entity, key) = (try standing(entity), NamedForm.key(of: alias))
    try db.run("DELETE FROM alias_judged WHERE key = ?", [key])
    try db.run("INSERT INTO alias_judged VALUES ('', ?, ?)", [key, entity])
    let others = try String.fetchAll(
      db, sql: "SELECT DISTINCT entity FROM alias WHERE key = ? AND entity <> ? ORDER BY entity",
      arguments: [key, entity])
    try db.run("UPDATE alias SET entity = ? WHERE key = ?", [entity, key])
    for other in others + [entity] { try count(other) }
  }

  // MARK: Counting anew

  /// Counts anew what mentions an entity, for its aliases are others now.
  private func count(_ entity: String) throws {
    try db.run("DELETE FROM mention_day WHERE entity = ?", [entity])
    try db.run(
      """
      INSERT INTO mention_day
      SELECT ?1, CAST(seen / 86400 AS INTEGER) AS day, count(DISTINCT position), sum(mentions),
        min(position), max(position)
      FROM alias JOIN mention ON mention.alias = alias.number WHERE entity = ?1 GROUP BY day
      """, [entity])
    try db.run(
      """
      UPDATE entity SET (articles, mentions, first, last) = (
        SELECT count(DISTINCT position), ifnull(sum(mention.mentions), 0), min(seen), max(seen)
        FROM alias JOIN mention ON mention.alias = alias.number WHERE entity = ?1)
      WHERE id = ?1
      """, [entity])
  }
}
