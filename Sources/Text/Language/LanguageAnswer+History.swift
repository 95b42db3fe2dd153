import Foundation

extension LanguageAnswer {
  /// What a language counts, as log-odds, that all other articles of a feed are of.
  private static let weight = 3.0
  /// The share from which on a feed's language is that of an article that says nothing.
  private static let most = 0.5
  /// How sure an answer must be to tell of the articles that come after it.
  private static let sure = 0.95

  /// Whether it may be counted among the languages of its feed.
  public var isSure: Bool {
    switch evidence {
    case .declared, .script: true
    case .words: confidence >= Self.sure && !isMalayOpen
    case .history, .none: false
    }
  }

  /// The answer where it is known which share of its feed's articles is of which language.
  public func given(history shares: [String: Double]) -> LanguageAnswer {
    if code == "und" {
      let common = shares.min { ($1.value, $0.key) < ($0.value, $1.key) }
      guard let common, common.value > Self.most else { return self }
      return LanguageAnswer(code: common.key, confidence: common.value, evidence: .history)
    }
    let weighed = candidates.map {
      Candidate(code: $0.code, odds: $0.odds + bonus($0.code, shares))
    }
    .sorted { ($1.odds, $0.code) < ($0.odds, $1.code) }
    guard let best = weighed.first else { return malayJudged(by: shares) }
    var answer = self
    if best.code != code {
      let rest = weighed.dropFirst().first?.odds ?? -.infinity
      answer.confidence = rest.isFinite ? 1 / (1 + exp(rest - best.odds)) : 0.99
      (answer.code, answer.evidence) = (best.code, .history)
    }
    return answer.malayJudged(by: shares)
  }

  private func bonus(_ code: String, _ shares: [String: Double]) -> Double {
    let codes = ["id", "ms"].contains(code) ? ["id", "ms"] : [code]
    return Self.weight * codes.reduce(0) { $0 + (shares[$1] ?? 0) }
  }

  /// Indonesian or Malay as most of the feed is, where words could not tell.
  private func malayJudged(by shares: [String: Double]) -> LanguageAnswer {
    guard isMalayOpen, code == "id" || code == "ms" else { return self }
    let (indonesian, malay) = (shares["id"] ?? 0, shares["ms"] ?? 0)
    guard indonesian != malay else { return self }
    var answer = self
    (answer.code, answer.evidence) = (malay > indonesian ? "ms" : "id", .history)
    return answer
  }
}
