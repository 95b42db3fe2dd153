/// Entities that are known by name, and the ways to write them.
///
/// Made from one TSV: `id type canonical lang alias flags source`, one alias a line; empty `canonical` and
/// `type` go on with those of the line before. An alias is found as a run of folded words: every
/// beginning of every alias has its hash in one table, so a walk over the text ends where no alias
/// goes on.
public struct Gazetteer: Sendable {
  /// Bytes of a file; more is refused.
  public static let limit = 64 << 20
  /// Words of an alias; characters, in scripts without spaces.
  static let longestAlias = 12

  struct Entity: Hashable, Sendable {
    var id: String
    var name: String
    var kind: NameKind
  }

  struct Alias: Sendable {
    var entity: Int
    var flags: Flags
    /// Two letters; nil: any.
    var language: String?
    /// What the source must have, to the letter; nil where case does not count.
    var exact: [UInt8]?
    /// Hashes of words of which one must stand near.
    var context: [UInt64]
    /// Where it comes from, and how: `own`, `cldr`, `own form`.
    var source: String
    /// The next alias of the same words.
    var next: Int?
  }

  struct Flags: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    /// Needs a word near, or another alias of its entity in the article.
    static let context = Flags(rawValue: 1)
    /// Counts only behind a full name of the entity in the article.
    static let part = Flags(rawValue: 2)
    /// Only in articles of its language.
    static let language = Flags(rawValue: 4)
    /// Small, and called like much else: believed where the text says that it is a place.
    static let minor = Flags(rawValue: 8)
  }

  private(set) var entities: [Entity] = []
  private(set) var aliases: [Alias] = []
  /// Persons by the skeletons of their names; nil where two share one.
  private var heard: [String: Int?] = [:]
  private var runs = RunTable()

  /// No entities.
  public init() {}

  mutating func add(_ entity: Entity) -> Int {
    entities.append(entity)
    return entities.count - 1
  }

  /// Files an alias under the hashes of its words.
  mutating func add(_ alias: Alias, words: ArraySlice<UInt64>) {
    guard let first = words.first, words.count <= Self.longestAlias else { return }
    var state = first
    for word in words.dropFirst() {
      runs.markBeginning(state)
      state = WordHash.pair(state, word)
    }
    var alias = alias
    alias.next = runs.head(of: state)
    aliases.append(alias)
    runs.setHead(of: state, to: aliases.count - 1)
  }

  /// Files a person's name by how it sounds.
  mutating func addSound(of words: [String], entity: Int) {
    guard let skeleton = Skeleton.of(name: words) else { return }
    if let known = heard[skeleton], known != entity {
      heard[skeleton] = .some(nil)
    } else {
      heard[skeleton] = .some(entity)
    }
  }

  /// The one person whose name sounds like these folded words.
  func person(soundingLike words: [String]) -> Int? {
    Skeleton.of(name: words).flatMap { heard[$0] ?? nil }
  }

  // MARK: Finding

  /// An alias may stand here: the first of those that are written so.
  struct Hit: Hashable, Sendable {
    var words: Range<Int>
    var alias: Int
  }

  /// All runs of words that are aliases, by where they begin, then by length.
  func hits(in words: Words) -> [Hit] {
    var hits: [Hit] = []
    let list = words.words
    for start in list.indices {
      var state = list[start].hash
      var end = start + 1
      while let found = runs.find(state) {
        if let alias = found.head { hits.append(Hit(words: start..<end, alias: alias)) }
        guard found.goesOn, end < list.count, list[end].paragraph == list[start].paragraph
        else { break }
        state = WordHash.pair(state, list[end].hash)
        end += 1
      }
    }
    return hits
  }

  /// The ids of those whom a whole name may mean, in whatever letters: by its aliases, else by its sound.
  public func ids(of name: String) -> Set<String> {
    let words = Words(name)
    let all = 0..<words.words.count
    let found = hits(in: words).filter { $0.words == all }.flatMap { aliases(from: $0.alias) }
    guard found.isEmpty else { return Set(found.map { entities[$0.entity].id }) }
    return Set(person(soundingLike: words.words.map(words.text)).map { [entities[$0].id] } ?? [])
  }

  /// The aliases that are written alike, from the one that a hit names on.
  func aliases(from first: Int) -> [Alias] {
    var found: [Alias] = []
    var next: Int? = first
    while let index = next {
      found.append(aliases[index])
      next = aliases[index].next
    }
    return found
  }
}
