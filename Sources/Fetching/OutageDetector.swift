internal import FoundationEssentials

/// Tells a network that is down from sites that are.
///
/// When most sites fail at once without any answer, it is we who are cut off, and no failure may be
/// counted against a feed (miniflux#2150: a whole list was disabled by one night offline).
struct OutageDetector: Hashable, Sendable {
  private struct Result: Hashable {
    var date: Date
    var isAnswered: Bool
  }

  private var results: [SiteKey: Result] = [:]
  private var errorSites: Set<SiteKey> = []

  /// Notes the result of a poll of `site`.
  mutating func note(_ site: SiteKey, isAnswered: Bool, at now: Date) {
    results[site] = Result(date: now, isAnswered: isAnswered)
  }

  /// Whether we are cut off.
  ///
  /// In the last minute more than half of four sites or more failed without an answer; with fewer than
  /// four `sites` in all, every one of them in the last ten.
  func isOut(sites: Int, at now: Date) -> Bool {
    let isSmall = sites < Self.fewest
    let recent = results.values.filter { now.timeIntervalSince($0.date) <= (isSmall ? 600 : 60) }
    return Self.isOut(recent.map(\.isAnswered), sites: sites)
  }

  /// Whether we were cut off in all of the polls noted, whenever they were.
  func wasOut(sites: Int) -> Bool {
    Self.isOut(results.values.map(\.isAnswered), sites: sites)
  }

  private static let fewest = 4

  private static func isOut(_ answers: [Bool], sites: Int) -> Bool {
    let failed = answers.count { !$0 }
    // One site that fails tells nothing of the network.
    guard sites >= fewest else { return sites > 1 && failed == sites }
    return answers.count >= fewest && 2 * failed > answers.count
  }

  /// The sites that failed last, by name.
  var silent: [SiteKey] {
    results.filter { !$0.value.isAnswered }.keys.sorted { $0.description < $1.description }
  }

  /// Whether an answer while we are cut off shows that we are not: a feed or a 304 does, an HTTP error
  /// only with one from another site, since whoever stands between may answer everything so.
  mutating func isBack(_ site: SiteKey, isFeed: Bool, isError: Bool) -> Bool {
    if isFeed { return true }
    if isError { errorSites.insert(site) }
    return errorSites.count >= 2
  }

  /// Forgets what was noted.
  mutating func reset() {
    self = OutageDetector()
  }
}
