extension Query {
  /// Whether it finds places in the text, so that nearness and counts mean something.
  var hasSpans: Bool {
    switch self {
    case .term, .list, .near: true
    case .any(let parts): parts.allSatisfy(\.hasSpans)
    case .filter(let filter, _): filter == .entity
    case .scoped(_, let part), .atLeast(_, let part): part.hasSpans
    case .all, .not, .weighed: false
    }
  }

  /// Whether a filter that looks at no field stands in it.
  var hasFilter: Bool {
    switch self {
    case .filter(let filter, _): filter != .entity
    case .term, .list, .weighed: false
    case .all(let parts), .any(let parts): parts.contains(where: \.hasFilter)
    case .not(let part), .atLeast(_, let part), .scoped(_, let part): part.hasFilter
    case .near(let a, _, let b): a.hasFilter || b.hasFilter
    }
  }

  /// Whether an article must have something for it to hold: not for what is made of NOT alone.
  var needsPresence: Bool {
    switch self {
    case .not: false
    case .all(let parts): parts.contains(where: \.needsPresence)
    case .any(let parts): parts.allSatisfy(\.needsPresence)
    case .scoped(_, let part): part.needsPresence
    default: true
    }
  }

  /// Whether it has one of these filters anywhere.
  func asks(for filters: Query.Filter...) -> Bool {
    all.contains { if case .filter(let filter, _) = $0 { filters.contains(filter) } else { false } }
  }

  /// The query and all below it, itself first.
  var all: [Query] {
    switch self {
    case .all(let parts), .any(let parts): [self] + parts.flatMap(\.all)
    case .not(let part), .atLeast(_, let part), .scoped(_, let part): [self] + part.all
    case .near(let a, _, let b): [self] + a.all + b.all
    case .weighed(let weighing): [self] + weighing.words.map { .term($0.term) }
    case .filter, .list, .term: [self]
    }
  }
}
