import FoundationEssentials

/// Keeps articles from rules: what meets `exclude` meets none of them.
struct Filter: Hashable, Sendable {
  var id: String
  /// Ids, with `*` for any run.
  var rules: [String]
  var except: [String]
  var exclude: Query
  /// It keeps nothing from then on.
  var until: Date?
  /// Its configuration as JSON.
  var text: String

  func isOver(at seen: Date) -> Bool { until.map { seen >= $0 } ?? false }

  func concerns(_ rule: String) -> Bool {
    rules.contains { Glob.matches(Glob.pattern($0), rule) } && !except.contains(rule)
  }
}
