import EventLog
import Projections
import Rules

/// Opens what commands look at, beside the daemon or without it.
enum Reading {
  /// The log, up to its durable end.
  static func log(_ paths: Paths) throws -> SegmentedLog {
    do {
      return try SegmentedLog.reader(paths.log)
    } catch EventLogError.io(_, _, let code) where code == 2 {
      throw Failure(paths.log, "there is no log yet", fix: "start `tidings run`")
    }
  }

  static func views(_ paths: Paths) throws -> Views {
    try Views.reader(paths.views, projections)
  }

  /// Every view there is, in the order in which they fold an event.
  static var projections: [any Projection] {
    [
      DefinitionView(), FeedView(), ArticleView(), SightingView(), EntityView(), AlertView(),
      RuleView(),
    ]
  }

  /// Reads articles with the words of a vocabulary.
  static let makeReader: MakeReader = { vocabulary in
    let rules = RuleSet(vocabulary: vocabulary, definitions: [])
    return { rules.read($0) }
  }
}
