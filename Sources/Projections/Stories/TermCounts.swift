import FoundationEssentials
import GRDB
import Text

/// How many articles hold each term.
///
/// An article has some hundred terms, most of them rare; a row for each would be most of what folding
/// writes. So the last articles stand in the table one by one with their terms, `story_tail`, and in memory
/// added up; a thousand of them go into the rows of the terms at once. Where that happens is a matter of the
/// articles alone, so a rebuild gives the same rows.
struct TermCounts {
  /// Articles of the tail at most; another figure gives other rows.
  let longest: Int
  /// Terms whose rows are remembered.
  private static let limit = 100_000

  /// The last article that is counted here, nil before the tail is read: where the table says another one,
  /// the tail is read anew.
  private var last: Int64?
  private var isCurrent = false
  private var tail = Counted()
  /// What the rows say, 0 where there is none.
  private var rows = Counted()
  /// Articles of the tail.
  private var length = 0

  init(longest: Int = 1_000) { self.longest = longest }

  /// How many articles hold terms, and how many there are of languages.
  private struct Counted {
    /// By the key of term and language.
    var terms: [Int64: Int32] = [:]
    var languages: [String: Int] = [:]
  }

  /// A transaction begins: an earlier one may have come to nothing.
  mutating func begin() { isCurrent = false }

  mutating func shares(
    of terms: [UInt64], in language: String, _ db: Database
  ) throws -> TermShares {
    try refresh(db)
    let keys = terms.map { Self.key($0, language) }
    try look(up: keys, db)
    let documents = try written(language, db) + (tail.languages[language] ?? 0)
    return TermShares(
      documents: Double(documents),
      terms: keys.map { Double((rows.terms[$0] ?? 0) + (tail.terms[$0] ?? 0)) })
  }

  /// Counts an article, which stands behind all others.
  mutating func add(
    _ terms: [UInt64], in language: String, of article: Int64, _ db: Database
  ) throws {
    try refresh(db)
    let keys = terms.map { Self.key($0, language) }
    let bytes = unsafe keys.withUnsafeBytes { unsafe Data($0) }
    try db.run("INSERT INTO story_tail VALUES (?, ?, ?)", [article, language, bytes])
    note(keys, language)
    last = article
    if length >= longest { try write(db) }
  }

  private mutating func note(_ keys: [Int64], _ language: String) {
    for key in keys { tail.terms[key, default: 0] += 1 }
    tail.languages[language, default: 0] += 1
    length += 1
  }

  /// One number for a term of a language, so that a row is two numbers.
  private static func key(_ term: UInt64, _ language: String) -> Int64 {
    Int64(bitPattern: StoryTerms.key(term, language))
  }
}

// MARK: Rows

extension TermCounts {
  /// Reads the tail where what is here is not what the table says.
  private mutating func refresh(_ db: Database) throws {
    guard !isCurrent else { return }
    let newest = try Int64.fetchOne(
      try db.cachedStatement(sql: "SELECT max(position) FROM story_article"))
    if last != newest ?? 0 {
      self = TermCounts(longest: longest)
      let all = try Row.fetchCursor(
        db, sql: "SELECT language, terms FROM story_tail ORDER BY position")
      while let row = try all.next() { note(Self.keys(row["terms"]), row["language"]) }
      last = newest ?? 0
    }
    isCurrent = true
  }

  private static func keys(_ bytes: Data) -> [Int64] {
    unsafe bytes.withUnsafeBytes { raw in
      (0..<(raw.count / 8)).map { unsafe raw.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self) }
    }
  }

  /// Puts the tail into the rows.
  private mutating func write(_ db: Database) throws {
    for (key, count) in tail.terms.sorted(by: { $0.key < $1.key }) {
      try db.run(
        """
        INSERT INTO story_term VALUES (?, ?)
        ON CONFLICT (term) DO UPDATE SET articles = articles + excluded.articles
        """, [key, count])
    }
    for (language, count) in tail.languages {
      try db.run(
        """
        INSERT INTO story_language VALUES (?, ?)
        ON CONFLICT (language) DO UPDATE SET articles = articles + excluded.articles
        """, [language, count])
    }
    try db.run("DELETE FROM story_tail")
    (tail, rows, length) = (Counted(), Counted(), 0)
  }

  private static let lookUp = ManyNumbers(list: {
    "SELECT term, articles FROM story_term WHERE term IN (\($0))"
  })

  /// Remembers what the rows say of terms.
  private mutating func look(up keys: [Int64], _ db: Database) throws {
    if rows.terms.count > Self.limit { rows.terms = [:] }
    let unknown = keys.filter { rows.terms[$0] == nil }
    for key in unknown { rows.terms[key] = 0 }
    try Self.lookUp.rows(unknown, in: db) { rows.terms[$1["term"]] = $1["articles"] }
  }

  private mutating func written(_ language: String, _ db: Database) throws -> Int {
    if let known = rows.languages[language] { return known }
    let count =
      try db.first("SELECT articles FROM story_language WHERE language = ?", [language])
      .map { $0["articles"] as Int } ?? 0
    rows.languages[language] = count
    return count
  }
}
