/// A name as it is held against others that may mean the same: by how it sounds, by its initials.
public struct ComparedName: Sendable {
  /// Why two names may be of one.
  public enum Evidence: String, Hashable, Sendable {
    /// They sound alike, word by word.
    case skeleton
    /// One gives only the first letters of some words: B.J. Habibie.
    case initials
    /// One is made of the first letters of the other: KPK.
    case initialism
  }

  public struct Likeness: Hashable, Sendable {
    /// From 0 to 1.
    public var similarity: Double
    public var evidence: Evidence
    /// Whether they are written in different scripts, so that sound is all there is.
    public var crosses: Bool
  }

  /// Letters of a name made of initials.
  private static let acronym = 2...6
  /// Words that give no initial.
  private static let particles: Set<String> = [
    "of", "the", "and", "for", "dan", "untuk", "de", "la", "le", "des", "du", "und", "fur", "y",
    "i", "и",
  ]

  /// Folded.
  private let words: [String]
  private let skeletons: [String]
  private let isLatin: Bool
  /// Of a name that is one word in capitals.
  private let letters: String?

  public init(_ name: String) {
    let words = Words(name)
    self.words = words.words.map(words.text)
    skeletons = self.words.map(Skeleton.of)
    isLatin = name.unicodeScalars.allSatisfy { $0.value < 0x250 }
    let isOneWord = self.words.count == 1 && name.allSatisfy(\.isUppercase)
    letters = isOneWord && Self.acronym.contains(name.count) ? self.words[0] : nil
  }

  /// Names that may be of one share a key.
  public var keys: [String] {
    if let letters { return ["initials " + letters] }
    guard words.count > 1 else { return [] }
    let long = longWords
    let ends = Set([long.first, long.last].compactMap(\.self)).sorted().map { skeletons[$0] }
    return ends.filter { $0.utf8.count > 1 }.map { "sound " + $0 }
      + initials.map { "initials " + $0 }
  }

  /// The first letters of its words, with particles and without.
  private var initials: [String] {
    guard words.count > 1 else { return [] }
    let all = String(words.compactMap(\.first))
    let some = String(words.filter { !Self.particles.contains($0) }.compactMap(\.first))
    return all == some ? [all] : [all, some]
  }

  /// The places of words that are no initials.
  private var longWords: [Int] { words.indices.filter { words[$0].count > 1 } }

  /// How far two names may be of one; nil where nothing says so.
  public func likeness(to other: ComparedName) -> Likeness? {
    let crosses = isLatin != other.isLatin
    if let letters = letters ?? other.letters {
      let whole = self.letters == nil ? self : other
      guard whole.letters == nil, whole.initials.contains(letters) else { return nil }
      return Likeness(similarity: 0.8, evidence: .initialism, crosses: crosses)
    }
    if let similarity = sound(of: longWords, other, other.longWords) {
      return Likeness(similarity: similarity, evidence: .skeleton, crosses: crosses)
    }
    guard isAbbreviated(of: other) || other.isAbbreviated(of: self) else { return nil }
    return Likeness(similarity: 0.9, evidence: .initials, crosses: crosses)
  }

  /// How much alike two rows of words sound; nil where a word does not, or they are too short to tell.
  private func sound(of own: [Int], _ other: ComparedName, _ theirs: [Int]) -> Double? {
    guard own.count > 1, own.count == theirs.count,
      own.reduce(0, { $0 + skeletons[$1].utf8.count }) >= Skeleton.least - 1
    else { return nil }
    var sum = 0.0
    for (a, b) in zip(own, theirs) {
      let (a, b) = (Array(skeletons[a].utf8), Array(other.skeletons[b].utf8))
      guard !a.isEmpty, !b.isEmpty else { return nil }
      if a == b {
        sum += 1
      } else if min(a.count, b.count) > 2, Self.isOneStep(a, b) {
        sum += 0.8
      } else {
        return nil
      }
    }
    return sum / Double(own.count)
  }

  /// Whether one letter put in, taken out or changed makes one of the other.
  private static func isOneStep(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    let (short, long) = a.count < b.count ? (a, b) : (b, a)
    guard long.count - short.count < 2 else { return false }
    let same = zip(short, long).prefix { $0 == $1 }.count
    let rest = long.count == short.count ? same + 1 : same
    return short.dropFirst(rest).elementsEqual(long.dropFirst(same + 1))
  }

  /// Whether it is the other with first letters in the place of some words, the last one being whole.
  private func isAbbreviated(of other: ComparedName) -> Bool {
    guard words.count > 1, words.count == other.words.count, words.last == other.words.last,
      words.last?.count ?? 0 > 2
    else { return false }
    var isShortened = false
    for (own, whole) in zip(words, other.words).dropLast() where own != whole {
      guard own.count == 1, own.first == whole.first else { return false }
      isShortened = true
    }
    return isShortened
  }
}
