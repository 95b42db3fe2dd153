/// Puts articles into stories, in one pass in the order of the log.
///
/// A copy joins the story of its original; any other article joins the open story it fits best, if it fits
/// one well enough, else it opens one. A function of the article and of what the store holds.
public struct StorySorter: Sendable {
  /// Raised whenever equal articles would come into other stories.
  public static let version = 3
  /// Seconds since its last article in which a story takes more; later ones go on with it in a new story.
  public static let open = 14.0 * 86_400
  /// Seconds in which copies are looked for, and stories that one may go on with.
  public static let known = 30.0 * 86_400
  /// Articles of a story; a further one goes on with it in a new one.
  static let members = 500

  /// Stories that are looked up by a key, and those that are held against the article.
  public static let found = 40
  private static let compared = 10
  /// Articles that are looked up by a band, and those whose texts are held against the article.
  public static let sharers = 20
  private static let read = 10

  public init() {}

  /// Puts an article where it belongs and keeps it.
  public func place(_ piece: StoryPiece, in store: some StoryStore) throws -> StoryPlacement {
    let terms = piece.terms.terms.map(\.hash)
    let vectors = piece.terms.vectors(
      try store.shares(of: terms, in: piece.language), language: piece.language)
    let bands = MinHash.bands(of: piece.fingerprint)
    let near = try near(piece, bands, store)
    let original = Copies(of: piece, near.copies)
    let standing = try standing(for: piece, vectors, near, store)
    try store.count(terms, in: piece.language, of: piece.number)
    for old in original.replaced { try store.move(copiesOf: old, to: original.first) }
    try store.keep(
      StoryPrint(
        article: piece.number, story: standing.story, original: original.first,
        seen: piece.seen, published: piece.published, fingerprint: piece.fingerprint),
      bands: bands, in: standing)
    return StoryPlacement(
      story: standing.story, continues: standing.story == piece.number ? standing.continues : nil,
      original: original.first == piece.number ? nil : original.first)
  }

  /// The story that the article is in, with the article.
  private func standing(
    for piece: StoryPiece, _ vectors: StoryVectors, _ near: Near, _ store: some StoryStore
  ) throws -> StoryStanding {
    let copied = try near.copies.first.flatMap { try store.standing(of: $0.story) }
    let like = try near.story.flatMap { try store.standing(of: $0) }
    let member = StoryShape.Member(piece.number, vectors)
    var new = StoryStanding(story: piece.number, last: piece.seen, shape: StoryShape(member))
    guard var old = try copied ?? like ?? best(for: piece, vectors, store) else { return new }
    guard copied != nil || isOpen(old, at: piece.seen) else {
      new.continues = old.story
      return new
    }
    old.shape.add(member)
    old.last = piece.seen
    return old
  }

  private func isOpen(_ standing: StoryStanding, at time: Double) -> Bool {
    standing.last + Self.open >= time && standing.shape.count < Self.members
  }

  // MARK: Copies

  /// What shares a part of its text with an article.
  private struct Near {
    /// The likeliest first.
    var copies: [StoryPrint] = []
    /// The story of what shares most, copy or not.
    var story: Int64?
  }

  private func near(
    _ piece: StoryPiece, _ bands: [UInt64], _ store: some StoryStore
  ) throws -> Near {
    var near = Near()
    var most = 0.0
    for article in try store.sharers(of: bands, limit: Self.read) {
      guard let print = try store.print(of: article), print.seen + Self.known >= piece.seen else {
        continue
      }
      let likeness = piece.fingerprint.likeness(to: print.fingerprint)
      if likeness.isCopy { near.copies.append(print) }
      guard likeness.isOneStory, likeness.jaccard > most else { continue }
      (near.story, most) = (print.story, likeness.jaccard)
    }
    return near
  }

  /// Articles by how often each was found, of equal ones the newest first.
  public static func ranked(_ found: [Int64], limit: Int) -> [Int64] {
    let counts = found.reduce(into: [Int64: Int]()) { $0[$1, default: 0] += 1 }
    let ranked = counts.sorted { ($1.value, $1.key) < ($0.value, $0.key) }
    return ranked.prefix(limit).map(\.key)
  }

  // MARK: Stories

  /// Of the stories that it fits well enough the best that takes more, else the best of all.
  private func best(
    for piece: StoryPiece, _ vectors: StoryVectors, _ store: some StoryStore
  ) throws -> StoryStanding? {
    let threshold = StoryShape.threshold(
      words: piece.terms.length, title: piece.terms.titleLength)
    var fitting: [(score: Float, standing: StoryStanding)] = []
    for story in try candidates(vectors, store) {
      guard let standing = try store.standing(of: story),
        standing.last + Self.known >= piece.seen
      else { continue }
      let score = standing.shape.score(vectors)
      if score >= threshold { fitting.append((score, standing)) }
    }
    let open = fitting.filter { isOpen($0.standing, at: piece.seen) }
    // Of equal ones the first, which shares most.
    return (open.isEmpty ? fitting : open).reduce(nil as (score: Float, standing: StoryStanding)?) {
      $0.map { $0.score } ?? -1 >= $1.score ? $0 : $1
    }?.standing
  }

  /// The stories that share the heaviest keys, those that share most first.
  private func candidates(
    _ vectors: StoryVectors, _ store: some StoryStore
  ) throws -> [Int64] {
    var shared: [Int64: Float] = [:]
    let keys = vectors.keys
    for (key, stories) in zip(keys, try store.stories(with: keys.map(\.term))) {
      for story in stories { shared[story, default: 0] += key.weight }
    }
    // Of equal ones the newest, so that the order of a table never shows.
    let ranked = shared.sorted { ($1.value, $1.key) < ($0.value, $0.key) }
    return ranked.prefix(Self.compared).map(\.key)
  }
}

/// Which of the copies of a text was published first.
private struct Copies {
  var first: Int64
  /// Those that were taken for the first, and are not.
  var replaced: [Int64] = []

  init(of piece: StoryPiece, _ copies: [StoryPrint]) {
    first = piece.number
    var firsts: [Int64: Double] = [:]
    for copy in copies where copy.article == copy.original || firsts[copy.original] == nil {
      firsts[copy.original] = copy.published
    }
    let earliest = firsts.min { ($0.value, $0.key) < ($1.value, $1.key) }
    if let earliest, earliest.value <= piece.published { first = earliest.key }
    replaced = firsts.keys.filter { $0 != first }.sorted()
  }
}
