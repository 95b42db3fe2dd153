public import Core
import GRDB
public import Text

/// Two entities that may be one, for a person to decide.
public struct EntitySuggestion: Hashable, Sendable {
  /// The better known one first.
  public var first: MentionCount
  public var second: MentionCount
  public var evidence: ComparedName.Evidence
  /// From 0 to 1: how alike the names are, the kinds, and whether articles or stories name both.
  public var score: Double
  /// Whether an article or a story names both.
  public var isShared: Bool
}

extension Views {
  /// Entities that are compared, the best known; and names of one key, beyond which it tells nothing.
  private static let compared = 5_000
  private static let alike = 40
  /// What a suggestion wants; names of one script are written alike more often than they mean the same.
  private static let enough = (crossing: 0.7, same: 0.8)
  /// What it counts that articles or stories name both.
  private static let together = 0.3

  /// Entities that are likely the same, and that nobody has said are not; the likeliest first.
  public func suggestions(limit: Int) throws -> [EntitySuggestion] {
    try read { db in
      let entities = try Row.fetchAll(
        db,
        sql: """
          SELECT id, name, type, source, first, last, articles, mentions, NULL AS burst FROM entity
          WHERE merged IS NULL AND articles > 0 AND (articles > 1 OR source <> 'found')
          ORDER BY articles DESC, mentions DESC, name, id LIMIT ?
          """, arguments: [Self.compared]
      ).map(MentionCount.init)
      let refused = try Self.refused(db)
      var stories = NewestStories(db)
      let pairs = try Self.pairs(of: entities).compactMap { pair -> EntitySuggestion? in
        let (first, second) = (entities[pair.first], entities[pair.second])
        guard !refused.holds(first, second), !refused.holds(second, first) else { return nil }
        return try Self.suggestion(first, second, pair.likeness, &stories)
      }
      return Array(pairs.sorted(by: Self.isLikelier).prefix(limit))
    }
  }

  private static func isLikelier(_ a: EntitySuggestion, _ b: EntitySuggestion) -> Bool {
    (b.score, b.first.articles + b.second.articles, a.first.id, a.second.id)
      < (a.score, a.first.articles + a.second.articles, b.first.id, b.second.id)
  }

  /// Pairs of one kind whose names are alike, by place.
  private static func pairs(
    of entities: [MentionCount]
  ) -> [(first: Int, second: Int, likeness: ComparedName.Likeness)] {
    let names = entities.map { ComparedName($0.name) }
    var placesOf: [String: [Int]] = [:]
    for (place, name) in names.enumerated() {
      for key in name.keys { placesOf[key, default: []].append(place) }
    }
    var seen: Set<[Int]> = []
    var pairs: [(first: Int, second: Int, likeness: ComparedName.Likeness)] = []
    for (_, places) in placesOf.sorted(by: { $0.key < $1.key }) where places.count <= alike {
      for (index, second) in places.enumerated() {
        for first in places[..<index] where entities[first].type == entities[second].type {
          guard seen.insert([first, second]).inserted,
            let likeness = names[first].likeness(to: names[second])
          else { continue }
          pairs.append((first, second, likeness))
        }
      }
    }
    return pairs
  }

  private static func suggestion(
    _ first: MentionCount, _ second: MentionCount, _ likeness: ComparedName.Likeness,
    _ stories: inout NewestStories
  ) throws -> EntitySuggestion? {
    let enough = (likeness.crosses ? enough.crossing : enough.same) - 1e-9
    let alone = 0.5 * likeness.similarity + 0.2
    guard alone + Self.together >= enough else { return nil }
    let isShared = try stories.areShared(first.id, second.id)
    let score = alone + (isShared ? Self.together : 0)
    guard score >= enough else { return nil }
    return EntitySuggestion(
      first: first, second: second, evidence: likeness.evidence, score: score, isShared: isShared)
  }

  /// What people said that entities are not.
  private static func refused(_ db: Database) throws -> RefusedAliases {
    let rows = try Row.fetchAll(
      db, sql: "SELECT entity, other FROM entity_judged WHERE word IN ('split', 'no alias')")
    let tables = EntityTables(db: db)
    var refused = RefusedAliases()
    for row in rows {
      let (entity, other): (String, String) = (try tables.standing(row["entity"]), row["other"])
      refused.add(entity, id: try tables.standing(other), key: NamedForm.key(of: other))
      // Whom articles call so, whatever it is called by now.
      let called = try String.fetchAll(
        try db.cachedStatement(sql: "SELECT DISTINCT entity FROM alias WHERE key = ?"),
        arguments: [NamedForm.key(of: other)])
      for other in called { refused.add(entity, id: other, key: NamedForm.key(of: other)) }
    }
    return refused
  }

  /// Whether articles write an entity so, or `alias` is the id of one that was merged into it.
  public func isAlias(_ alias: String, of entity: Entity.ID) throws -> Bool {
    try read { db in
      try db.first(
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM alias WHERE entity = ?1 AND key = ?3)
          OR EXISTS (SELECT 1 FROM entity WHERE id = ?2 AND merged = ?1)
        """, [entity.rawValue, alias, NamedForm.key(of: alias)]) != nil
    }
  }

  /// The id of the entity with this id, name or alias, as people have merged it.
  public func entityID(_ name: String) throws -> Entity.ID? {
    try read { try Self.entityID(name, in: $0) }.map(Entity.ID.init)
  }
}
