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

  // MARK: What an alias means

  /// Parts aliases from an entity: one that was merged into it is itself again, others are one new one.
  private func split(_ aliases: [String], off entity: String) throws {
    let entity = try standing(entity)
    var texts: [String] = []
    for alias in aliases where try !unmerge(alias, from: entity) { texts.append(alias) }
    try part(texts.map(NamedForm.key), named: texts.first, from: entity)
    let gone = try meanAnew(entity)
    try moved(from: entity, to: gone)
  }

  /// Says that aliases mean another one; there is none until articles write one of them.
  private func part(_ keys: [Int64], named name: String?, from entity: String) throws {
    guard let name else { return }
    let id = Self.id(of: keys, partedFrom: entity)
    _ = try unmerge(id, from: entity)
    var isKnown = false
    for key in keys {
      try takeBack(key, from: entity)
      let said = try String.fetchAll(
        try db.cachedStatement(
          sql: "SELECT DISTINCT said FROM alias WHERE entity = ? AND key = ?"),
        arguments: [entity, key])
      isKnown = isKnown || !said.isEmpty
      for said in Set(said + [entity]).sorted() {
        try db.run("INSERT OR REPLACE INTO alias_judged VALUES (?, ?, ?)", [said, key, id])
      }
    }
    guard isKnown else { return }
    try db.run(
      """
      INSERT OR IGNORE INTO entity
      SELECT ?1, ?2, type, 'person', NULL, NULL, NULL, NULL, 0, 0 FROM entity WHERE id = ?3
      """, [id, name, entity])
  }

  /// Takes back that an alias means an entity, or one that was merged into it.
  private func takeBack(_ key: Int64, from entity: String) throws {
    let given = try db.first("SELECT entity FROM alias_judged WHERE said = '' AND key = ?", [key])
    guard let given, try standing(given["entity"]) == entity else { return }
    try db.run("DELETE FROM alias_judged WHERE said = '' AND key = ?", [key])
  }

  /// Gives the aliases of an entity to those that people mean by them now, by id.
  private func meanAnew(_ entity: String) throws -> [String] {
    let rows = try Row.fetchAll(
      try db.cachedStatement(
        sql: "SELECT number, said, key FROM alias WHERE entity = ? ORDER BY number"),
      arguments: [entity])
    var others: Set<String> = []
    for row in rows {
      let other = try meant(by: row["key"], of: row["said"])
      guard other != entity else { continue }
      try db.run("UPDATE alias SET entity = ? WHERE number = ?", [other, row["number"] as Int64])
      others.insert(other)
    }
    return others.sorted()
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
    for other in others { try moved(from: other, to: [entity]) }
  }
}
