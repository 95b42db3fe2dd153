/// Stories in memory: of articles that are read once, or of a test.
public final class MemoryStories: StoryStore {
  private struct Counts {
    var documents = 0.0
    var terms: [UInt64: Double] = [:]
  }

  private let background: Background
  private var counts: [String: Counts] = [:]
  private var prints: [Int64: StoryPrint] = [:]
  private var bands: [UInt64: [Int64]] = [:]
  private var standings: [Int64: StoryStanding] = [:]
  private var keys: [UInt64: Set<Int64>] = [:]
  /// Articles that are kept, in the order they came.
  private var kept: [Int64] = []

  public init(_ background: Background = Background()) {
    self.background = background
  }

  public func shares(of terms: [UInt64], in language: String) -> TermShares {
    let seen = counts[language] ?? Counts()
    let known = background.shares(of: terms, in: language)
    return TermShares(
      documents: known.documents + seen.documents,
      terms: zip(terms, known.terms).map { $1 + (seen.terms[$0] ?? 0) })
  }

  public func count(_ terms: [UInt64], in language: String, of article: Int64) {
    counts[language, default: Counts()].documents += 1
    for term in terms { counts[language]?.terms[term, default: 0] += 1 }
  }

  public func sharers(of bands: [UInt64], limit: Int) -> [Int64] {
    let found = bands.flatMap { (self.bands[$0] ?? []).suffix(StorySorter.sharers) }
    return StorySorter.ranked(found, limit: limit)
  }

  public func print(of article: Int64) -> StoryPrint? { prints[article] }

  public func stories(with keys: [UInt64]) -> [[Int64]] {
    keys.map { Array((self.keys[$0] ?? []).sorted(by: >).prefix(StorySorter.found)) }
  }

  public func standing(of story: Int64) -> StoryStanding? { standings[story] }

  public func keep(_ print: StoryPrint, bands: [UInt64], in standing: StoryStanding) {
    prints[print.article] = print
    kept.append(print.article)
    for band in bands { self.bands[band, default: []].append(print.article) }
    for (key, _) in standings[standing.story]?.shape.sum.keys ?? [] {
      keys[key]?.remove(standing.story)
    }
    standings[standing.story] = standing
    for (key, _) in standing.shape.sum.keys { keys[key, default: []].insert(standing.story) }
  }

  /// Forgets articles and stories that are too old at `time` to be met again, as the view of stories does.
  ///
  /// - Returns: the articles and stories that an answer may still name.
  @discardableResult
  public func forget(before time: Double) -> Set<Int64> {
    let end = time - StorySorter.known
    let old = kept.prefix { (prints[$0]?.seen ?? 0) < end }
    for article in old {
      guard let print = prints.removeValue(forKey: article) else { continue }
      for band in MinHash.bands(of: print.fingerprint) {
        bands[band]?.removeAll { $0 == article }
        if bands[band]?.isEmpty ?? false { bands[band] = nil }
      }
    }
    kept.removeFirst(old.count)
    for standing in standings.values where standing.last < end { remove(standing) }
    return Set(prints.keys).union(prints.values.map(\.original)).union(standings.keys)
  }

  /// Whether neither articles nor stories are kept; how often terms came always is.
  var holdsNothing: Bool {
    prints.isEmpty && bands.isEmpty && standings.isEmpty && keys.allSatisfy(\.value.isEmpty)
      && kept.isEmpty
  }

  private func remove(_ standing: StoryStanding) {
    standings[standing.story] = nil
    for (key, _) in standing.shape.sum.keys {
      keys[key]?.remove(standing.story)
      if keys[key]?.isEmpty ?? false { keys[key] = nil }
    }
  }

  public func move(copiesOf old: Int64, to new: Int64) {
    for (article, print) in prints where print.original == old {
      prints[article]?.original = new
    }
  }
}
