import Core
import Text

/// Holds queries against one scanned article.
struct Evaluation {
  let rules: RuleSet
  let scanned: ScannedArticle

  /// What made `query` hold: spans and the values of filters; nil where it does not hold.
  struct Finding {
    var spans: [Span] = []
    var values: [Alert.Clause] = []
  }

  func finding(_ query: Query, in field: Query.Field? = nil) -> Finding? {
    switch query {
    case .all(let parts): return all(parts, field)
    case .any(let parts): return any(parts, field)
    case .not(let part): return finding(part, in: field) == nil ? Finding() : nil
    case .near(let a, let nearness, let b): return near(a, nearness, b, field)
    case .atLeast(let count, let part):
      guard let found = finding(part, in: field), Self.disjoint(found.spans) >= count else {
        return nil
      }
      return found
    case .scoped(let inner, let part): return finding(part, in: inner)
    case .filter(.entity, let values):
      return spans(rules.phrases(ofEntities: values), query.description, field)
    case .filter(let filter, let values):
      return holds(filter, values)
        ? Finding(values: [Alert.Clause(clause: query.description, via: "value")]) : nil
    case .list(let name): return spans(rules.phrases(ofList: name), query.description, field)
    case .term(let term): return spans(rules.phrases(of: term), query.description, field)
    case .weighed(let weighing): return weighed(weighing, field)
    }
  }

  /// Whether `query` holds, without saying where: most rules that hold tell nothing.
  func holds(_ query: Query, in field: Query.Field? = nil) -> Bool {
    switch query {
    case .all(let parts): parts.allSatisfy { holds($0, in: field) }
    case .any(let parts): parts.contains { holds($0, in: field) }
    case .not(let part): !holds(part, in: field)
    case .scoped(let inner, let part): holds(part, in: inner)
    case .term(let term): has(rules.phrases(of: term), field)
    case .list(let name): has(rules.phrases(ofList: name), field)
    case .filter(.entity, let values): has(rules.phrases(ofEntities: values), field)
    case .filter(let filter, let values): holds(filter, values)
    // Where the places lie decides.
    case .near, .atLeast, .weighed: finding(query, in: field) != nil
    }
  }

  private func has(_ phrases: [RuleSet.FiledPhrase], _ field: Query.Field?) -> Bool {
    scanned.fields.contains { scanned in
      (field == nil || field == scanned.field)
        && phrases.contains { scanned.places[$0.index] != nil }
    }
  }

  private func all(_ parts: [Query], _ field: Query.Field?) -> Finding? {
    var whole = Finding()
    for part in parts {
      guard let found = finding(part, in: field) else { return nil }
      whole.spans += found.spans
      whole.values += found.values
    }
    return whole
  }

  private func any(_ parts: [Query], _ field: Query.Field?) -> Finding? {
    let found = parts.compactMap { finding($0, in: field) }
    guard !found.isEmpty else { return nil }
    return Finding(spans: found.flatMap(\.spans), values: found.flatMap(\.values))
  }

  /// All places of `phrases`, in the field if one is given.
  private func spans(
    _ phrases: [RuleSet.FiledPhrase], _ clause: String, _ field: Query.Field?
  ) -> Finding? {
    var spans: [Span] = []
    for (index, scanned) in scanned.fields.enumerated() where field == nil || field == scanned.field
    {
      for phrase in phrases {
        for words in scanned.places[phrase.index] ?? [] {
          spans.append(Span(field: index, words: words, clause: clause, via: phrase.via))
        }
      }
    }
    guard !spans.isEmpty else { return nil }
    return Finding(
      spans: spans.sorted { ($0.field, $0.words.lowerBound) < ($1.field, $1.words.lowerBound) })
  }

  /// The places of words that speak for it, where the sum is reached.
  private func weighed(_ weighing: Query.Weighing, _ field: Query.Field?) -> Finding? {
    var sum = 0
    var spans: [Span] = []
    for word in weighing.words {
      guard let found = self.spans(rules.phrases(of: word.term), word.term.description, field)
      else { continue }
      sum += word.weight * min(Self.disjoint(found.spans), weighing.cap)
      if word.weight > 0 { spans += found.spans }
    }
    guard sum >= weighing.threshold else { return nil }
    return Finding(spans: spans, values: [Alert.Clause(clause: "weights \(sum)", via: "value")])
  }

  // MARK: Nearness

  private func near(
    _ a: Query, _ nearness: Query.Nearness, _ b: Query, _ field: Query.Field?
  ) -> Finding? {
    guard let left = finding(a, in: field), let right = finding(b, in: field) else { return nil }
    let near = NearSearch(left.spans, right.spans) { isNear($0, $1, nearness) }
    return near.spans.isEmpty ? nil : Finding(spans: near.spans)
  }

  private func isNear(_ a: Span, _ b: Span, _ nearness: Query.Nearness) -> Bool {
    guard a.field == b.field, !a.words.overlaps(b.words) else { return false }
    let words = scanned.fields[a.field].words.words
    // Both spans lie in it whole: a phrase may run over a full stop.
    let outer = (
      first: words[min(a.words.lowerBound, b.words.lowerBound)],
      last: words[max(a.words.upperBound, b.words.upperBound) - 1]
    )
    switch nearness {
    case .words(let most, let inOrder):
      if inOrder, a.words.lowerBound > b.words.lowerBound { return false }
      let gap =
        max(a.words.lowerBound, b.words.lowerBound) - min(a.words.upperBound, b.words.upperBound)
      return gap <= most
    case .sentence: return outer.first.sentence == outer.last.sentence
    case .paragraph: return outer.first.paragraph == outer.last.paragraph
    }
  }

  /// How many spans there are when of overlapping ones the leftmost and longest counts.
  private static func disjoint(_ spans: [Span]) -> Int {
    let ordered = spans.sorted {
      ($0.field, $0.words.lowerBound, -$0.words.count) < (
        $1.field, $1.words.lowerBound, -$1.words.count
      )
    }
    var count = 0
    var last: Span?
    for span in ordered {
      if let last, last.field == span.field, last.words.upperBound > span.words.lowerBound {
        continue
      }
      count += 1
      last = span
    }
    return count
  }

  // MARK: Filters

  private func holds(_ filter: Query.Filter, _ values: [String]) -> Bool {
    let article = scanned.article
    switch filter {
    case .lang:
      guard let language = scanned.language else { return false }
      return values.contains { LanguageReader.primary($0) == language }
    case .feed: return values.contains(article.feed.rawValue)
    case .publisher:
      guard let publisher = article.publisher else { return false }
      return values.contains { Self.equals($0, publisher) }
    case .tag:
      return values.contains { value in article.categories.contains { Self.equals(value, $0) } }
    case .author:
      return values.contains { value in article.authors.contains { Self.holds(value, $0) } }
    case .url:
      return values.contains { Glob.matches(Glob.pattern($0), Glob.address(article.url ?? "")) }
    case .topic: return values.contains { scanned.topics.contains(rules.topicID($0) ?? "") }
    case .story:
      guard let told = scanned.told else { return false }
      return values.contains { $0 == told.story.rawValue || told.former.contains(Story.ID($0)) }
    case .entity: return false
    }
  }

  /// Equal after folding; `*` at the end stands for any rest.
  private static func equals(_ pattern: String, _ value: String) -> Bool {
    let wanted = Words(pattern.hasSuffix("*") ? String(pattern.dropLast()) : pattern).joined
    let given = Words(value).joined
    return pattern.hasSuffix("*") ? given.hasPrefix(wanted) : given == wanted
  }

  /// Whether the words of `part` stand side by side in `name`.
  private static func holds(_ part: String, _ name: String) -> Bool {
    (" " + Words(name).joined + " ").contains(" " + Words(part).joined + " ")
  }
}
