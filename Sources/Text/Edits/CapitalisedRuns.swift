/// Words in capitals side by side: names, in scripts that have capitals.
public enum CapitalisedRuns {
  /// The runs of a text, as ranges of words, in order.
  ///
  /// One word that begins a sentence tells nothing, but for one in capitals throughout.
  public static func of(_ text: ComparedText) -> [Range<Int>] {
    let words = text.words.words
    var runs: [Range<Int>] = []
    for index in words.indices where isCapitalised(text, index) {
      if let last = runs.last, last.upperBound == index, areJoined(text, index - 1, index) {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs.filter { run in
      run.count > 1 || !beginsSentence(words, run.lowerBound) || isUpper(text, run.lowerBound)
    }
  }

  private static func beginsSentence(_ words: [Words.Word], _ index: Int) -> Bool {
    index == 0 || words[index - 1].sentence != words[index].sentence
  }

  private static func isCapitalised(_ text: ComparedText, _ index: Int) -> Bool {
    text.scalars[text.words.words[index].start].properties.isUppercase
  }

  private static func isUpper(_ text: ComparedText, _ index: Int) -> Bool {
    let source = text.source(index..<index + 1)
    return source.count > 1 && source.allSatisfy { !$0.properties.isLowercase }
  }

  /// A comma or a full stop between two words parts two names; a hyphen or an initial's stop does not.
  private static func areJoined(_ text: ComparedText, _ first: Int, _ second: Int) -> Bool {
    let words = text.words.words
    let isInitial = words[first].end - words[first].start == 1
    guard isInitial || words[first].sentence == words[second].sentence else { return false }
    return text.scalars[words[first].end..<words[second].start].allSatisfy {
      $0 == " " || $0 == "-" || $0 == "." || $0 == "'" || $0 == "’" || $0 == "\u{A0}"
    }
  }
}
