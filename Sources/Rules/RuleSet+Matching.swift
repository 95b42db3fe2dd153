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
  ///
  /// `reading` is what was read of it, where it was; `language` that in which it was read once: its feed may have
  /// decided it.
  public func scan(
    _ article: Article, in told: ArticleStory? = nil, reading: Reading? = nil,
    language: String? = nil
  ) -> ScannedArticle {
    var scanned = words(of: article)
    scanned.told = told
    if let reading {
      (scanned.language, scanned.topics) = (reading.language, Set(reading.topics))
    } else if asksLanguage {
      scanned.language = language ?? self.language(of: article).code
      addTopics(scanned.builtInTopics, to: &scanned)
    }
    return scanned
  }

  private func words(of article: Article) -> ScannedArticle {
    var scanned = ScannedArticle(article, matcher)
    scanned.drop(conditions)
    return scanned
  }

  /// Adds topics that its words tell of, and those that are configured, whose queries may look at the former.
  private func addTopics(_ scores: [TopicSeeds.Score], to scanned: inout ScannedArticle) {
    scanned.topics = Set(scores.map(\.topic.id))
    let evaluation = Evaluation(rules: self, scanned: scanned)
    scanned.topics.formUnion(
      topicQueries.filter { evaluation.holds($0.query) }.map(\.topic.id.rawValue))
  }

  /// The rules that the article meets, in the order they are written; rules that are off are not judged.
  public func matches(_ article: Article, in told: ArticleStory? = nil) -> [Match] {
    matches(scan(article, in: told))
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
    let certain = filters.isEmpty ? index : nil
    return candidates(scanned).compactMap { candidate in
      let isMet = certain?.isCertain(candidate) ?? false || isMet(rules[candidate], scanned)
      return isMet ? rules[candidate] : nil
    }
  }

  private func isMet(_ rule: Rule, _ scanned: ScannedArticle) -> Bool {
    rule.mode != .off && holds(rule, scanned)
  }

  /// Whether an article meets a rule, whatever its mode.
  func holds(_ rule: Rule, _ scanned: ScannedArticle) -> Bool {
    guard let match = rule.match else { return false }
    return Evaluation(rules: self, scanned: scanned).holds(match)
      && filter(of: rule, for: scanned) == nil
  }

  /// Where the clauses of a rule held, one place each; further ones are in the article.
  func why(_ rule: Rule, _ scanned: ScannedArticle) -> [Alert.Clause] {
    let evaluation = Evaluation(rules: self, scanned: scanned)
    guard let found = rule.match.flatMap({ evaluation.finding($0) }) else { return [] }
    var told: Set<String> = []
    let first = found.spans.filter { told.insert($0.clause).inserted }
    return Array((first.map(scanned.clause) + found.values).prefix(Self.whyLimit))
  }

  /// The id of the first filter that keeps an article from a rule; nil where none does.
  public func filter(of rule: Rule, for scanned: ScannedArticle) -> String? {
    filters.first {
      $0.concerns(rule.id) && !$0.isOver(at: scanned.article.seen)
        && Evaluation(rules: self, scanned: scanned).holds($0.exclude)
    }?.id
  }

  /// What views need of an article; `models` find the names that no alias of the operator gives, `known` is its
  /// language where that was made out before.
  public func read(
    _ article: Article, in known: String? = nil, with models: ReadingModels? = nil
  ) -> Reading {
    var scanned = words(of: article)
    let (language, answer) = known.map { ($0, nil) } ?? self.language(of: article)
    scanned.language = language
    let scores = scanned.builtInTopics
    addTopics(scores, to: &scanned)
    let body = scanned.fields.dropFirst().map(\.words.joined).filter { !$0.isEmpty }
    let given = scanned.fields.map(given)
    var mentions = zip(scanned.fields, given).flatMap { part, given in
      given.map { Reading.Mention($0, in: part) }
    }
    mentions.sort { ($0.field, $0.start, $0.entity) < ($1.field, $1.start, $1.entity) }
    var reading = Reading(
      language: language,
      titleWords: scanned.fields[0].words.joined, bodyWords: body.joined(separator: " "),
      mentions: mentions, topics: scanned.topics.sorted())
    reading.languageAnswer = answer
    reading.topicScores = Dictionary(
      scores.map { ($0.topic.id, $0.score) }, uniquingKeysWith: max)
    if let models {
      reading.names = found(by: models.names, in: scanned, given, language)
      reading.models = models.id
    }
    return reading
  }

  /// The language of an article, and what says so; where nobody makes it out, what it declares.
  private func language(of article: Article) -> (code: String?, answer: LanguageAnswer?) {
    guard let languages else { return (article.language.flatMap(LanguageReader.primary), nil) }
    let answer = languages().language(
      title: article.title, text: article.wording, declared: article.language,
      host: article.url.map(Self.host))
    return (answer.code == "und" ? nil : answer.code, answer)
  }

  /// What stands between the scheme of an address and its path.
  private static func host(_ address: String) -> String {
    let rest = address.drop { $0 != "/" }.drop { $0 == "/" }
    return String(rest.prefix { $0 != "/" && $0 != ":" && $0 != "?" })
  }

  /// Where the operator's entities are named; the cost grows with what is found, not with how many are known.
  private func given(_ part: ScannedArticle.Scanned) -> [NameFinder.Given] {
    var placesOf: [String: [Range<Int>]] = [:]
    for (phrase, places) in part.places {
      for entity in phraseEntities[phrase] ?? [] { placesOf[entity, default: []] += places }
    }
    return placesOf.sorted { $0.key < $1.key }.flatMap { entity, places in
      Self.longest(places).map { words in
        NameFinder.Given(
          words: words, entity: entity, name: nameOfEntity[entity] ?? entity,
          kind: NameKind(kindOfEntity[entity] ?? .person))
      }
    }
  }

  private func found(
    by names: NameFinder, in scanned: ScannedArticle, _ given: [[NameFinder.Given]],
    _ language: String?
  ) -> [Reading.Mention] {
    let fields = zip(scanned.fields, given).map { part, given in
      NameFinder.Field(part.source, words: part.words, given: given)
    }
    return names.names(in: fields, language: language).filter { !$0.isGiven }
      .map { name in
        Reading.Mention(
          entity: name.entity, name: name.name, kind: name.kind,
          field: scanned.fields[name.field].field.rawValue, start: name.start, end: name.end,
          text: name.text, via: name.via)
      }
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

extension Reading.Mention {
  /// An alias of the operator.
  init(_ given: NameFinder.Given, in part: ScannedArticle.Scanned) {
    let first = part.words.words[given.words.lowerBound]
    let last = part.words.words[given.words.upperBound - 1]
    let bytes = part.source.utf8.dropFirst(first.bytes.lowerBound)
      .prefix(last.bytes.upperBound - first.bytes.lowerBound)
    self.init(
      entity: given.entity, name: given.name, kind: given.kind, field: part.field.rawValue,
      start: first.start, end: last.end, text: String(decoding: bytes, as: UTF8.self))
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
