import Core
import EventLog
import FoundationEssentials
import Projections

/// Finds the records whose words are to be taken out.
struct RedactionSearch {
  /// Asked for by position.
  let positions: Set<UInt64>
  /// The beginning of an article's id; every record with its words is meant.
  let article: String?

  /// - Returns: positions in order, and the articles that lose words there.
  /// - Throws: `Failure` for a position that the log does not have, or an article that is none or several.
  func find(
    in log: any EventLog
  ) async throws -> (positions: [UInt64], articles: [Article.ID]) {
    let end = try await log.end.rawValue
    if let beyond = positions.first(where: { $0 == 0 || $0 >= end }) {
      throw Failure(
        "position \(beyond)", "the log has 1 to \(end - 1)", fix: "look with `tidings log cat`")
    }
    var found = positions
    var ids: Set<Article.ID> = []
    try await log.forEachBatch { records in
      // What was lost, or written by a later version, has no words that are known of.
      for record in records {
        guard let event = try Event(of: record) else { continue }
        let place = record.position.rawValue
        if positions.contains(place), event.kind == .recordRedacted {
          throw Failure(
            "position \(place)",
            "tells which articles lost their words, and keeps them from coming back",
            fix: "leave it out")
        }
        guard let id = subject(of: event) else { continue }
        guard positions.contains(place) || article.map(id.rawValue.hasPrefix) == true else {
          continue
        }
        found.insert(place)
        ids.insert(id)
      }
    }
    try check(ids)
    return (found.sorted(), ids.sorted())
  }

  private func check(_ ids: Set<Article.ID>) throws {
    guard let article else { return }
    let named = ids.filter { $0.rawValue.hasPrefix(article) }
    guard named.count != 1 else { return }
    throw named.isEmpty
      ? Failure("article \(article)", "not in the log", fix: "look with `tidings articles`")
      : Failure("article \(article)", "means \(named.count) articles", fix: "give more of its id")
  }

  /// The article whose words a record holds.
  private func subject(of event: Event) -> Article.ID? {
    switch event.fact {
    case .articlePublished(let article, _), .articleRevised(let article, _): article.id
    case .alertRaised(let alert, _), .alertChanged(let alert, _): alert.article?.id
    case .alertHeld(let hold, _): hold.article
    default: nil
    }
  }
}
