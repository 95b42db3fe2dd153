public import Core
public import Text

/// A rule that an article meets, and why.
public struct Match: Hashable, Sendable {
  public var rule: Rule
  public var why: [Alert.Clause]
}

extension RuleSet {
  /// Entries of `why` in one line.
  static let whyLimit = 32

  /// The words of an article, scanned once for everything that any rule, topic or entity asks.
  public func scan(_ article: Article) -> ScannedArticle {
    var scanned = ScannedArticle(article, matcher)
    scanned.drop(conditions)
    let evaluation = Evaluation(rules: self, scanned: scanned)
    scanned.topics = Set(
      topicQueries.filter { evaluation.holds($0.query) }.map(\.topic.id.rawValue))
    return scanned
  }

  /// The rules that the article meets, in the order they are written; rules that are off are not judged.
  public func matches(_ article: Article) -> [Match] {
    matches(scan(article))
  }

  public func matches(_ scanned: ScannedArticle) -> [Match] {
    candidates(scanned).compactMap { match(rules[$0], scanned) }
  }

  /// The places of rules that may hold.
  func candidates(_ scanned: ScannedArticle) -> [Int] {
    index.candidates(of: Set(scanned.fields.flatMap(\.places.keys)))
  }

  /// Judges every rule, candidate or not; what the index must agree with.
  func matchesByBruteForce(_ scanned: ScannedArticle) -> [Match] {
    rules.compactMap { match($0, scanned) }
  }

  private func match(_ rule: Rule, _ scanned: ScannedArticle) -> Match? {
    isMet(rule, scanned) ? Match(rule: rule, why: why(rule, scanned)) : nil
  }

  /// The rules that the article meets, without saying why: that is asked when a line is due.
  public func met(by scanned: ScannedArticle) -> [Rule] {
    candidates(scanned).compactMap { isMet(rules[$0], scanned) ? rules[$0] : nil }
  }

  private func isMet(_ rule: Rule, _ scanned: ScannedArticle) -> Bool {
    rule.mode != .off && holds(rule, scanned)
  }

  /// Whether an article meets a rule, whatever its mode.
  func holds(_ rule: Rule, _ scanned: ScannedArticle) -> Bool {
    guard let match = rule.match else { return false }
    return Evaluation(rules: self, scanned: scanned).holds(match) && !isExcluded(rule, scanned)
  }

  /// Where the clauses of a rule held, one place each; further ones are in the article.
  func why(_ rule: Rule, _ scanned: ScannedArticle) -> [Alert.Clause] {
    let evaluation = Evaluation(rules: self, scanned: scanned)
    guard let found = rule.match.flatMap({ evaluation.finding($0) }) else { return [] }
    var told: Set<String> = []
    let first = found.spans.filter { told.insert($0.clause).inserted }
    return Array((first.map(scanned.clause) + found.values).prefix(Self.whyLimit))
  }

  /// Whether a filter keeps the article from the rule.
  private func isExcluded(_ rule: Rule, _ scanned: ScannedArticle) -> Bool {
    filters.contains {
      $0.concerns(rule.id) && !$0.isOver(at: scanned.article.seen)
        && Evaluation(rules: self, scanned: scanned).holds($0.exclude)
    }
  }

  /// What views need of an article.
  public func read(_ article: Article) -> Reading {
    let scanned = scan(article)
    let body = scanned.fields.dropFirst().map(\.words.joined).filter { !$0.isEmpty }
    return Reading(
      language: scanned.language,
      titleWords: scanned.fields[0].words.joined, bodyWords: body.joined(separator: " "),
      mentions: mentions(scanned), topics: scanned.topics.sorted())
  }

  /// Where entities are named; the cost grows with what is found, not with how many are known.
  private func mentions(_ scanned: ScannedArticle) -> [Reading.Mention] {
    var mentions: [Reading.Mention] = []
    for (field, part) in scanned.fields.enumerated() {
      var placesOf: [String: [Range<Int>]] = [:]
      for (phrase, places) in part.places {
        for entity in phraseEntities[phrase] ?? [] { placesOf[entity, default: []] += places }
      }
      for (entity, places) in placesOf {
        for words in Self.longest(places) {
          let clause = scanned.clause(Span(field: field, words: words, clause: "", via: ""))
          mentions.append(
            Reading.Mention(
              entity: entity, name: nameOfEntity[entity] ?? entity,
              kind: NameKind(kindOfEntity[entity] ?? .person), field: part.field.rawValue,
              start: clause.start ?? 0, end: clause.end ?? 0, text: clause.text ?? ""))
        }
      }
    }
    return mentions.sorted { ($0.field, $0.start, $0.entity) < ($1.field, $1.start, $1.entity) }
  }

  /// Of places that overlap, the leftmost and longest.
  private static func longest(_ places: [Range<Int>]) -> [Range<Int>] {
    let ordered = places.sorted { ($0.lowerBound, -$0.count) < ($1.lowerBound, -$1.count) }
    return ordered.reduce(into: []) { kept, next in
      if let last = kept.last, last.upperBound > next.lowerBound { return }
      kept.append(next)
    }
  }
}

extension NameKind {
  init(_ kind: Entity.Kind) {
    switch kind {
    case .person: self = .person
    case .organisation: self = .organisation
    case .place: self = .place
    }
  }
}
