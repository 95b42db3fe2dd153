/// Where stories are kept while articles are put into them: in memory, or as rows of a view.
///
/// Articles and stories are numbers here; a later one is greater, and a story has that of its first article.
public protocol StoryStore {
  /// How many articles of a language were seen, and how many of them hold each of `terms`.
  func shares(of terms: [UInt64], in language: String) throws -> TermShares
  /// Counts an article of a language, which comes behind all others.
  func count(_ terms: [UInt64], in language: String, of article: Int64) throws
  /// Articles that share bands with one, of each band the newest ``StorySorter/sharers``.
  ///
  /// - Returns: `limit` of them at most, those that share most first, of equal ones the newest.
  func sharers(of bands: [UInt64], limit: Int) throws -> [Int64]
  func print(of article: Int64) throws -> StoryPrint?
  /// For each of `keys` the stories that have it among theirs, of them the newest ``StorySorter/found``.
  func stories(with keys: [UInt64]) throws -> [[Int64]]
  func standing(of story: Int64) throws -> StoryStanding?
  /// Keeps an article, and the story it is in as it is now.
  func keep(_ print: StoryPrint, bands: [UInt64], in standing: StoryStanding) throws
  /// Makes the copies of one article those of another one, and that itself one of them.
  func move(copiesOf old: Int64, to new: Int64) throws
}

/// What is kept of an article to find its copies.
public struct StoryPrint: Hashable, Sendable {
  public var article: Int64
  public var story: Int64
  /// The first published of its copies; itself where it is that.
  public var original: Int64
  /// Seconds since 1970; when it came, and when it was published.
  public var seen: Double
  public var published: Double
  public var fingerprint: Fingerprint

  public init(
    article: Int64, story: Int64, original: Int64, seen: Double, published: Double,
    fingerprint: Fingerprint
  ) {
    (self.article, self.story, self.original) = (article, story, original)
    (self.seen, self.published, self.fingerprint) = (seen, published, fingerprint)
  }
}

/// A story as it stands.
public struct StoryStanding: Hashable, Sendable {
  public var story: Int64
  /// When its last article came, seconds since 1970.
  public var last: Double
  public var shape: StoryShape
  /// The story that it goes on with, where that one took no more.
  public var continues: Int64?

  public init(story: Int64, last: Double, shape: StoryShape, continues: Int64? = nil) {
    (self.story, self.last, self.shape, self.continues) = (story, last, shape, continues)
  }
}
