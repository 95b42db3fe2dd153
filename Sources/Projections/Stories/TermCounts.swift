import GRDB
import Text

/// How many articles hold each term, within one transaction, written when it ends: what is common stands in
/// many of its articles, and is written once.
struct TermCounts {
  /// Terms that are held before they are written all the same.
  private static let limit = 200_000

  /// As they stand now, by the key of term and language.
  private var terms: [Int64: Int] = [:]
  private var changed: Set<Int64> = []
  private var languages: [String: Int] = [:]

  mutating func shares(
    of terms: [UInt64], in language: String, _ db: Database
  ) throws -> TermShares {
    if self.terms.count > Self.limit { try settle(in: db) }
    return TermShares(
      documents: Double(try documents(of: language, db)),
      terms: try terms.map { Double(try count(Self.key($0, language), db)) })
  }

  /// Counts an article.
  mutating func add(_ terms: [UInt64], in language: String, _ db: Database) throws {
    languages[language] = try documents(of: language, db) + 1
    for term in terms {
      let key = Self.key(term, language)
      self.terms[key] = try count(key, db) + 1
      changed.insert(key)
    }
  }

  mutating func settle(in db: Database) throws {
    for key in changed {
      try db.run("INSERT OR REPLACE INTO story_term VALUES (?, ?)", [key, terms[key]])
    }
    for (language, count) in languages {
      try db.run("INSERT OR REPLACE INTO story_language VALUES (?, ?)", [language, count])
    }
    self = TermCounts()
  }

  /// One number for a term of a language, so that a row is two numbers.
  private static func key(_ term: UInt64, _ language: String) -> Int64 {
    Int64(bitPattern: StoryTerms.key(term, language))
  }

  private mutating func documents(of language: String, _ db: Database) throws -> Int {
    try languages.fill(language) {
      try Self.articles(db, "SELECT articles FROM story_language WHERE language = ?", [language])
    }
  }

  private mutating func count(_ key: Int64, _ db: Database) throws -> Int {
    try terms.fill(key) {
      try Self.articles(db, "SELECT articles FROM story_term WHERE term = ?", [key])
    }
  }

  private static func articles(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> Int {
    try Int.fetchOne(try db.cachedStatement(sql: sql), arguments: arguments) ?? 0
  }
}

extension Dictionary {
  /// The value of `key`, which is looked up once.
  fileprivate mutating func fill(_ key: Key, _ look: () throws -> Value) rethrows -> Value {
    if let known = self[key] { return known }
    let value = try look()
    self[key] = value
    return value
  }
}
