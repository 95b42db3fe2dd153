/// What tells the articles of one feed apart, best first.
///
/// The policy of a feed is part of the log. It only goes down, where documents show that it takes two
/// articles for one or one for two; back up it goes by its operator's word alone.
public enum IdentityPolicy: String, Hashable, Comparable, Sendable, CaseIterable {
  case id
  case idAndAddress = "id_url"
  case address = "url"
  case addressAndTitle = "url_title"
  case content

  public static func < (a: IdentityPolicy, b: IdentityPolicy) -> Bool { a.rank < b.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The first policy that names every one of `entries` and tells them apart; nil where there are none.
  public static func first(for entries: [EntryKeys]) -> IdentityPolicy? {
    guard !entries.isEmpty else { return nil }
    var policy =
      allCases.first { policy in entries.allSatisfy { $0.key(by: policy) != nil } } ?? .content
    while let step = policy.flaw(in: entries) { policy = step.to }
    return policy
  }

  /// What in one document speaks against the policy: two articles that it takes for one.
  public func flaw(in entries: [EntryKeys]) -> Rekeying? {
    guard self != .content else { return nil }
    var known: [String: EntryKeys] = [:]
    for entry in entries {
      guard let key = entry.key(by: self) else { continue }
      guard let first = known[key] else {
        known[key] = entry
        continue
      }
      if isTooCoarse(for: first, entry) { return rekeying(toTell: first, from: entry) }
    }
    return nil
  }

  /// The step to the first policy below that both have a key for, and another one.
  public func rekeying(toTell first: EntryKeys, from second: EntryKeys) -> Rekeying {
    let policy = Self.allCases.first { policy in
      guard policy > self, let a = first.key(by: policy), let b = second.key(by: policy) else {
        return false
      }
      return a != b
    }
    return Rekeying(
      to: policy ?? .content,
      evidence: "one \(rawValue), two articles: '\(first.shortTitle)' and '\(second.shortTitle)'")
  }

  /// Whether two entries of one key are two articles.
  private func isTooCoarse(for a: EntryKeys, _ b: EntryKeys) -> Bool {
    switch self {
    case .id:
      // An entry that stands there before and after an edit keeps its address, or most of its title.
      if let first = a.address, let second = b.address, first != second {
        return a.title != b.title
      }
      return EntryKeys.share(a.title, b.title) < 0.5
    case .idAndAddress: return EntryKeys.share(a.title, b.title) < 0.5
    // A live page, or links to a home page.
    case .address: return a.title != b.title
    case .addressAndTitle: return EntryKeys.share(a.content, b.content) < 0.5
    case .content: return false
    }
  }
}

/// A step down the ladder, and why.
public struct Rekeying: Hashable, Sendable {
  public var to: IdentityPolicy
  /// A sentence for people.
  public var evidence: String

  public init(to: IdentityPolicy, evidence: String) {
    self.to = to
    self.evidence = evidence
  }
}

extension EntryKeys {
  /// The share of words that two folded texts have in common, of those of the shorter; 1 where one has none.
  static func share(_ a: String, _ b: String) -> Double {
    let (first, second) = (Set(a.split(separator: " ")), Set(b.split(separator: " ")))
    guard !first.isEmpty, !second.isEmpty else { return 1 }
    return Double(first.intersection(second).count) / Double(min(first.count, second.count))
  }

  fileprivate var shortTitle: String { String(title.unicodeScalars.prefix(60)) }
}
