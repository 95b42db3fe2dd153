/// Where phrases are filed that are no keywords, and what of them must be held against the text.
struct PhraseFiling: Sendable {
  /// Combinations of forms up to which a phrase is as many keywords.
  private static let combinationLimit = 2_000

  /// Keyword owners behind those of phrases stand for these.
  private(set) var anchors: [PhraseMatcher.Anchor] = []
  /// Phrases that are held word by word.
  private(set) var held: [Int: Phrase] = [:]
  /// What phrases must be in the very source.
  private(set) var exact: [Int: Phrase.Exact] = [:]
  private var beginnings = Beginnings()
  private var infixes = Infixes()
  /// Filed under nothing: tried at every word.
  private var everywhere: [PhraseMatcher.Anchor] = []

  /// Files phrase `index` of `count`: under keywords where it has whole words, else under a part.
  mutating func file(
    _ phrase: Phrase, _ index: Int, of count: Int, _ builder: inout KeywordBuilder
  ) {
    exact[index] = phrase.exact
    if add(phrase, index, to: &builder) { return }
    held[index] = phrase
    let anchor = phrase.anchor(index)
    switch phrase.parts.isEmpty ? .any : phrase.parts[anchor.part] {
    case .word(let text): file([text], anchor, count, &builder)
    case .forms(let forms): file(Set(forms).sorted(), anchor, count, &builder)
    case .prefix(let text) where beginnings.insert(text, anchor): break
    case .infix(let text) where infixes.insert(text, anchor): break
    default: everywhere.append(anchor)
    }
  }

  private mutating func file(
    _ words: [String], _ anchor: PhraseMatcher.Anchor, _ count: Int,
    _ builder: inout KeywordBuilder
  ) {
    for word in words where builder.takes([word]) {
      builder.add([word], owner: count + anchors.count)
    }
    anchors.append(anchor)
  }

  /// Adds a phrase of whole words, or of few enough combinations of forms; says whether it is one.
  private func add(_ phrase: Phrase, _ index: Int, to builder: inout KeywordBuilder) -> Bool {
    var combinations: [[String]] = [[]]
    for part in phrase.parts {
      switch part {
      case .word(let text):
        for index in combinations.indices { combinations[index].append(text) }
      case .forms(let forms) where combinations.count * forms.count <= Self.combinationLimit:
        combinations = combinations.flatMap { row in Set(forms).sorted().map { row + [$0] } }
      default: return false
      }
    }
    guard combinations.allSatisfy(builder.takes) else { return false }
    for words in combinations { builder.add(words, owner: index) }
    return true
  }

  // MARK: Asking

  /// Whether any phrase is filed under less than a whole word.
  var asksEveryWord: Bool { !(beginnings.isEmpty && infixes.isEmpty && everywhere.isEmpty) }

  /// What may begin at, or hold, a word of the text.
  func anchors(of word: ArraySlice<UInt8>) -> [PhraseMatcher.Anchor] {
    everywhere + (beginnings.isEmpty ? [] : beginnings.anchors(of: word))
      + (infixes.isEmpty ? [] : infixes.anchors(in: word))
  }
}
