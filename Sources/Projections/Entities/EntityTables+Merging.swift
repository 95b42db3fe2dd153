import GRDB

/// Entities that people have made one.
///
/// Each keeps into which other one it was merged, so that what is taken back is that merge and no other one.
extension EntityTables {
  /// Makes one of two; returns whether they were two.
  func merge(_ other: String, into first: String) throws -> Bool {
    let (first, other) = (try standing(first), try standing(other))
    guard first != other else { return false }
    try db.run("UPDATE alias SET entity = ? WHERE entity = ?", [first, other])
    try db.run(
      """
      UPDATE entity SET (name, type) = (SELECT name, type FROM entity WHERE id = ?2)
      WHERE id = ?1 AND \(Self.isBare)
      """, [first, other])
    try db.run("INSERT INTO entity_merged VALUES (?, ?)", [other, first])
    for member in try family(of: other) {
      try db.run(
        "UPDATE entity SET merged = ?, source = iif(source = 'found', 'person', source) WHERE id = ?",
        [first, member])
    }
    try add(countsOf: other, to: first)
    return true
  }

  /// Makes what was merged into an entity itself again, with all that was merged into it before.
  ///
  /// Its aliases are still the other one's. False where it was not merged into it.
  func unmerge(_ member: String, from entity: String) throws -> Bool {
    let row = try db.first("SELECT merged FROM entity WHERE id = ?", [member])
    guard let row, row["merged"] == entity else { return false }
    try db.run("DELETE FROM entity_merged WHERE entity = ?", [member])
    for other in try family(of: member) {
      try db.run(
        "UPDATE entity SET merged = ? WHERE id = ?", [other == member ? nil : member, other])
    }
    return true
  }

  /// An entity, those that it was merged into one after the other, and the one where that ends.
  func path(from entity: String) throws -> [String] {
    try String.fetchAll(
      try db.cachedStatement(
        sql: """
          WITH RECURSIVE path (id, step) AS (
            VALUES (?, 0)
            UNION ALL SELECT parent, step + 1 FROM path JOIN entity_merged ON entity = path.id)
          SELECT id FROM path ORDER BY step
          """), arguments: [entity])
  }

  /// An entity and those that were merged into it, one after the other.
  private func family(of entity: String) throws -> [String] {
    try String.fetchAll(
      try db.cachedStatement(
        sql: """
          WITH RECURSIVE family (id) AS (
            VALUES (?) UNION SELECT entity FROM entity_merged JOIN family ON parent = family.id)
          SELECT id FROM family ORDER BY id
          """), arguments: [entity])
  }
}
