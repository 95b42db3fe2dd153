import Glibc

/// What the articles of a story are about: their sum, and the last of them one by one.
public struct StoryShape: Hashable, Sendable {
  /// An article of it.
  public struct Member: Hashable, Sendable {
    public var article: Int64
    public var vectors: StoryVectors

    public init(_ article: Int64, _ vectors: StoryVectors) {
      (self.article, self.vectors) = (article, vectors)
    }
  }

  /// Members that are looked at one by one.
  static let latest = 10

  /// Its language is that of the first.
  public private(set) var sum: StoryVectors
  /// The newest last.
  public private(set) var members: [Member]
  public private(set) var count: Int

  public init(_ first: Member) {
    (sum, members, count) = (first.vectors, [first], 1)
  }

  /// Of what was kept of one.
  public init(sum: StoryVectors, members: [Member], count: Int) {
    (self.sum, self.members, self.count) = (sum, members, count)
  }

  public mutating func add(_ member: Member) {
    sum.add(member.vectors)
    members = members.suffix(Self.latest - 1) + [member]
    count += 1
  }

  /// How well an article fits: half by the whole, half by the best of the last, less for a large story.
  ///
  /// What is large is near to much, and would draw in what merely shares its words.
  public func score(_ article: StoryVectors) -> Float {
    let nearest = members.reduce(Float(0)) { max($0, article.likeness($1.vectors)) }
    let whole = article.likeness(toSum: sum, in: members.map(\.vectors.language))
    return (whole + nearest) / 2 - 0.02 * Float(log(Double(count)))
  }

  /// The article that says best what the story is about: of the last members the nearest to all.
  public var title: Int64? {
    var best: (cosine: Float, article: Int64)?
    for member in members {
      let cosine = sum.text.cosine(member.vectors.text)
      if cosine > best?.cosine ?? -1 { best = (cosine, member.article) }
    }
    return best?.article
  }

  /// From which score on an article of so many words of text, and of title, belongs to a story.
  ///
  /// Short texts share few words even where they tell the same, so less is asked of them. What has no more than
  /// a title shares one word with all that happens of its kind, so it needs what one and a half in common score: of
  /// ten words 0.15. Of titles alone of the Indonesian week 77 % of the pairs put together were right by this, 71
  /// without; of galaxy's 37, and 20.
  static func threshold(words: Int, title: Int) -> Float {
    let place = min(1, max(0, (Float(words) - 100) / 200))
    return max(1.5 / Float(max(1, words + title)), 0.09 + place * (0.12 - 0.09))
  }
}
