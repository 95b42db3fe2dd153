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
  /// What a run that is in no table counts, so that one more is a step and no cliff.
  private static let floor: Double = 6_000

  private(set) var languages: [String] = []
  /// Scores by run: language and the logarithm of how much it speaks for it.
  private var scores: [UInt64: [Score]] = [:]

  private struct Score {
    var language: Int
    var weight: Double
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
      scores[Self.hash(line[(tab + 1)...]), default: []].append(
        Score(language: language, weight: weight))
    }
  }

  /// Adds what the runs of a word say to the sums of each language.
  func add(_ word: ArraySlice<UInt8>, to sums: inout [Double]) {
    let padded = [UInt8(ascii: "_")] + word + [UInt8(ascii: "_")]
    var starts = padded.indices.filter { padded[$0] & 0xC0 != 0x80 }
    starts.append(padded.count)
    for first in 0..<starts.count - 1 {
      for length in 1...5 where first + length < starts.count {
        // A blank alone says nothing.
        if length == 1, padded[starts[first]] == UInt8(ascii: "_") { continue }
        let run = padded[starts[first]..<starts[first + length]]
        guard let found = scores[Self.hash(run)] else { continue }
        for score in found { sums[score.language] += score.weight }
      }
    }
  }

  private static func hash(_ run: ArraySlice<UInt8>) -> UInt64 {
    run.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
