import GRDB

/// Counting anew what mentions an entity, where its aliases are others.
///
/// A common one has hundreds of thousands of mentions, and who folds must not stand still for them: days are put
/// down as rows and counted a few with each article. Until then a merge counts twice what names both, and what is
/// parted is counted with what it was parted from.
extension EntityTables {
  /// Counts for one entity what was counted for another, whose aliases it has now.
  func add(countsOf other: String, to entity: String) throws {
    try db.run(
      """
      INSERT INTO mention_recount (entity, day, begin, end)
      SELECT own.entity, day, min(own.begin, other.begin), max(own.end, other.end)
      FROM mention_day AS own JOIN mention_day AS other USING (day)
      WHERE own.entity = ?1 AND other.entity = ?2 ORDER BY day DESC
      ON CONFLICT DO UPDATE SET begin = min(begin, excluded.begin), end = max(end, excluded.end)
      """, [entity, other])
    try db.run(
      """
      INSERT INTO mention_day SELECT ?1, day, articles, mentions, begin, end FROM mention_day
      WHERE entity = ?2
      ON CONFLICT DO UPDATE SET articles = articles + excluded.articles,
        mentions = mentions + excluded.mentions, begin = min(begin, excluded.begin),
        end = max(end, excluded.end)
      """, [entity, other])
    try db.run("DELETE FROM mention_day WHERE entity = ?", [other])
    try db.run("DELETE FROM mention_recount WHERE entity = ?", [other])
    try db.run(
      """
      UPDATE entity SET (articles, mentions) = (
        SELECT entity.articles + articles, entity.mentions + mentions FROM entity AS other WHERE id = ?2)
      WHERE id = ?1
      """, [entity, other])
    try db.run("UPDATE entity SET articles = 0, mentions = 0 WHERE id = ?", [other])
    for entity in [entity, other] { try bound(entity) }
    try recount(mentions: share.word)
  }

  /// Counts anew an entity that has lost aliases to others, and those.
  func moved(from entity: String, to others: [String]) throws {
    guard !others.isEmpty else { return }
    for other in others + [entity] {
      try db.run(
        """
        INSERT INTO mention_recount (entity, day, begin, end)
        SELECT ?1, day, min(begin, ifnull((
            SELECT begin FROM mention_day AS own WHERE own.entity = ?1 AND own.day = old.day), begin)),
          max(end, ifnull((
            SELECT end FROM mention_day AS own WHERE own.entity = ?1 AND own.day = old.day), end))
        FROM mention_day AS old WHERE entity = ?2 ORDER BY day DESC
        ON CONFLICT DO UPDATE SET begin = min(begin, excluded.begin), end = max(end, excluded.end)
        """, [other, entity])
      try bound(other)
    }
    try recount(mentions: share.word)
  }

  /// Whether days wait for being counted anew.
  var isBehind: Bool {
    get throws { try db.first("SELECT 1 FROM mention_recount LIMIT 1", []) != nil }
  }

  /// Counts some days anew, as an article comes.
  func goOnCounting() throws { try recount(mentions: share.article) }

  private func recount(mentions: Int) throws {
    var left = mentions
    while left > 0,
      let row = try db.first("SELECT * FROM mention_recount ORDER BY number LIMIT 1", [])
    {
      left -= max(try recount(row), 1)
      try db.run("DELETE FROM mention_recount WHERE number = ?", [row["number"] as Int64])
    }
  }

  /// Counts one day of an entity; returns how many rows that took.
  private func recount(_ row: Row) throws -> Int {
    let (entity, day): (String, Int64) = (row["entity"], row["day"])
    let old = try db.first(
      "SELECT articles, mentions FROM mention_day WHERE entity = ? AND day = ?", [entity, day])
    try db.run("DELETE FROM mention_day WHERE entity = ? AND day = ?", [entity, day])
    try db.run(
      """
      INSERT INTO mention_day
      SELECT * FROM (
        SELECT ?1, ?2, count(DISTINCT position) AS articles, sum(mentions), min(position), max(position)
        FROM alias CROSS JOIN mention ON mention.alias = alias.number AND position BETWEEN ?3 AND ?4
        WHERE entity = ?1 AND CAST(seen / 86400 AS INTEGER) = ?2)
      WHERE articles > 0
      """, [entity, day, row["begin"] as Int64, row["end"] as Int64])
    let new = try db.first(
      "SELECT articles, mentions FROM mention_day WHERE entity = ? AND day = ?", [entity, day])
    func more(_ name: String) -> Int { (new?[name] ?? 0) - (old?[name] ?? 0) }
    try db.run(
      "UPDATE entity SET articles = articles + ?, mentions = mentions + ? WHERE id = ?",
      [more("articles"), more("mentions"), entity])
    return (new?["mentions"] ?? 0) + (old?["mentions"] ?? 0)
  }

  /// When an entity was mentioned first and last, by the ends of its aliases.
  private func bound(_ entity: String) throws {
    try db.run(
      """
      UPDATE entity SET (first, last) = (
        SELECT min((SELECT seen FROM mention WHERE alias = number ORDER BY position LIMIT 1)),
          max((SELECT seen FROM mention WHERE alias = number ORDER BY position DESC LIMIT 1))
        FROM alias WHERE entity = ?1)
      WHERE id = ?1
      """, [entity])
  }
}
