import Core
import Text

/// Holds stories and copies, as they are found, against what people say.
struct StoryEvaluation {
  /// Orders in which the articles come: as given, then shuffled by these seeds.
  private static let seeds: [UInt64?] = [nil, 1, 2, 3]

  /// Those with a story are judged; the others are in the way.
  let articles: [LabelledArticle]
  let background: Background

  /// The articles of `files`, and among them, evenly spread, those of `others` that nobody judges.
  init(_ files: [String], among others: [String], background: Background) throws {
    let judged = try files.flatMap(LabelledArticle.read)
    let unjudged = try others.flatMap(LabelledArticle.read).map { article in
      var article = article
      article.story = nil
      return article
    }
    articles = Self.spread(unjudged, among: judged)
    self.background = background
  }

  private static func spread(
    _ others: [LabelledArticle], among judged: [LabelledArticle]
  ) -> [LabelledArticle] {
    let others = Self.shuffled(others, 9)
    return judged.indices.flatMap { place in
      let (from, to) = (others.count * place, others.count * (place + 1))
      return [judged[place]] + others[(from / judged.count)..<(to / judged.count)]
    }
  }

  private static func shuffled<Item>(_ items: [Item], _ seed: UInt64) -> [Item] {
    var items = items
    var state = seed
    for place in stride(from: items.count - 1, to: 0, by: -1) {
      // A linear generator (Knuth, MMIX); its upper half is random enough for an order.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      items.swapAt(place, Int((state >> 33) % UInt64(place + 1)))
    }
    return items
  }

  // MARK: Stories

  /// A line an order.
  func stories() throws -> [String] {
    try Self.seeds.map { seed in
      let order = seed.map { Self.shuffled(articles, $0) } ?? articles
      let made = try placed(order)
      let judged = order.indices.filter { order[$0].story != nil }
      let (gold, found) = (judged.map { order[$0].story ?? "" }, judged.map { made[$0] })
      return
        "\(seed.map { "shuffled \($0)" } ?? "as given  ")  "
        + "B-cubed \(Self.text(.bCubed(found, gold: gold)))  "
        + "pairs \(Self.text(.pairs(found, gold: gold)))  n \(judged.count)"
    }
  }

  /// The story of each article.
  private func placed(_ articles: [LabelledArticle]) throws -> [String] {
    let (sorter, store) = (StorySorter(), MemoryStories(background))
    return try articles.enumerated().map { place, article in
      let piece = StoryPiece(
        number: Int64(place), seen: Double(place), published: Double(place),
        language: article.language, title: article.title, text: article.text)
      return String(try sorter.place(piece, in: store).story)
    }
  }

  private static func text(_ score: PartitionScore) -> String {
    "P \(percent(score.precision)) R \(percent(score.recall)) F \(percent(score.f))"
  }

  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  // MARK: Copies

  /// A line a kind of copy with the share that is found, and one with the share of false ones.
  func copies() -> [String] {
    let judged = articles.filter { $0.story != nil }
    let prints = judged.map { Print($0.text) }
    return AlteredText.allCases.map { kind in
      let pairs = zip(judged, prints).filter { $1.fingerprint.count >= Self.least }
      let found = pairs.count { $1.isCopy(of: Print(kind.copy(of: $0.text))) }
      return "copies \(kind.rawValue)  found \(found) of \(pairs.count)  "
        + Self.percent(Double(found) / Double(max(1, pairs.count)))
    } + [falseCopies(judged, prints)]
  }

  /// A text with fewer shingles is too short to say that it was copied.
  private static let least = 40

  /// Pairs of one story that nobody calls copies.
  private func falseCopies(_ judged: [LabelledArticle], _ prints: [Print]) -> String {
    var (found, all) = (0, 0)
    for one in judged.indices {
      for two in judged.indices[..<one] where judged[one].story == judged[two].story {
        if judged[one].root == judged[two].root { continue }
        all += 1
        if prints[one].isCopy(of: prints[two]) { found += 1 }
      }
    }
    return "copies false  \(found) of \(all) pairs of one story  "
      + Self.percent(Double(found) / Double(max(1, all)))
  }

  /// A text as copies of it are found.
  private struct Print {
    let fingerprint: Fingerprint
    let bands: Set<UInt64>

    init(_ text: String) {
      fingerprint = Fingerprint(Words(text))
      bands = Set(MinHash.bands(of: fingerprint))
    }

    func isCopy(of other: Print) -> Bool {
      !bands.isDisjoint(with: other.bands)
        && fingerprint.likeness(to: other.fingerprint).isCopy
    }
  }
}

extension LabelledArticle {
  /// What copies of one text share.
  fileprivate var root: String { original ?? id }
}
