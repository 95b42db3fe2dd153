import Foundation

/// How common runs of one to five characters are in languages (Cavnar and Trenkle 1994).
///
/// The file has `language<TAB>run` a line, the runs of a language from the commonest on, `_` at the ends of
/// words; lines that begin with # are passed over.
public struct LanguageTable: Sendable {
  /// Bytes of a file; more is refused.
  static let limit = 8 << 20
  /// Runs of a language that count.
  private static let ranks = 400
  /// Characters of a run.
  private static let longest = 5
  /// What a run that is in no table counts, so that one more is a step and no cliff.
  private static let floor: Double = 6_000

  private(set) var languages: [String] = []
  /// The scores of each run, from its last one back.
  private var runs = RunTable()
  private var scores: [Score] = []

  private struct Score {
    var language: Int
    /// The logarithm of how much the run speaks for it.
    var weight: Double
    /// Of another language, for the same run.
    var next: Int?
  }

  public init(reading bytes: [UInt8]) {
    guard bytes.count <= Self.limit else { return }
    var ranks: [Int] = []
    for line in bytes.split(separator: 0x0A) where line.first != UInt8(ascii: "#") {
      guard let tab = line.firstIndex(of: 0x09) else { continue }
      let code = String(decoding: line[..<tab], as: UTF8.self)
      let language = languages.firstIndex(of: code) ?? languages.count
      if language == languages.count {
        languages.append(code)
        ranks.append(0)
      }
      guard ranks[language] < Self.ranks else { continue }
      let weight = log(Self.floor / Double(ranks[language] + 10))
      ranks[language] += 1
      add(Array(line[(tab + 1)...]), of: language, weight)
    }
  }

  private mutating func add(_ run: [UInt8], of language: Int, _ weight: Double) {
    var hash = Self.basis
    for place in run.indices {
      if place > 0, Self.begins(run[place]) { runs.markBeginning(hash) }
      hash = Self.hash(run[place], after: hash)
    }
    scores.append(Score(language: language, weight: weight, next: runs.head(of: hash)))
    runs.setHead(of: hash, to: scores.count - 1)
  }

  /// Adds what the runs of a word say to the sums of each language; `word` has `_` at its ends.
  func add(_ word: [UInt8], to sums: inout [Double]) {
    for first in word.indices where Self.begins(word[first]) {
      var (end, hash) = (first, Self.basis)
      for length in 1...Self.longest where end < word.count {
        repeat {
          hash = Self.hash(word[end], after: hash)
          end += 1
        } while end < word.count && !Self.begins(word[end])
        // A blank alone says nothing.
        if length == 1, word[first] == UInt8(ascii: "_") { continue }
        guard let found = runs.find(hash) else { break }
        var next = found.head
        while let score = next {
          sums[scores[score].language] += scores[score].weight
          next = scores[score].next
        }
        guard found.goesOn else { break }
      }
    }
  }

  /// Whether a byte is the first of a character (RFC 3629, section 3).
  private static func begins(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

  // FNV-1a (Fowler, Noll and Vo), 64 bits.
  private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325

  private static func hash(_ byte: UInt8, after hash: UInt64) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }
}
