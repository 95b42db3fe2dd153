/// What people said that entities are not, by how they stand now: ids, and names whatever their case.
struct RefusedAliases {
  private var ids: Set<[String]> = []
  private var keys: [String: Set<Int64>] = [:]

  mutating func add(_ entity: String, id: String, key: Int64) {
    ids.insert([entity, id])
    keys[entity, default: []].insert(key)
  }

  /// Whether somebody said that `entity` is not `other`.
  func holds(_ entity: MentionCount, _ other: MentionCount) -> Bool {
    ids.contains([entity.id, other.id])
      || keys[entity.id]?.contains(NamedForm.key(of: other.name)) ?? false
  }
}
