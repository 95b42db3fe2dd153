/// An article while its names are found: fields one by one, then all of it together.
struct NameDocument {
  let gazetteer: Gazetteer
  let words: NameWords
  let language: String?

  struct Part {
    var marked: MarkedNames
    var names: [NameCandidate]
    /// What lists know and the text did not bear out.
    var doubtful: [NameCandidate]

    var text: NameText { marked.text }
  }

  private(set) var parts: [Part] = []

  init(_ gazetteer: Gazetteer, _ words: NameWords, language: String?) {
    (self.gazetteer, self.words, self.language) = (gazetteer, words, language)
  }

  mutating func add(
    _ text: NameText, given: [NameFinder.Given], tagger: NameTagger?,
    _ guideline: NameGuideline
  ) {
    let hits = gazetteer.hits(in: text.words)
    let marked = MarkedNames(text, words, gazetteer, hits: hits)
    let known = KnownNames(marked, gazetteer, language: language, hits: hits)
    var merging = NameMerging(marked, guideline)
    merging.take(given: given)
    merging.take(known: known, tagged: tagger.map { $0.names(in: marked) })
    if tagger == nil { merging.take(clues: CapitalisedNames(marked).names) }
    if guideline == .own { merging.takeOffices() }
    parts.append(Part(marked: marked, names: merging.names, doubtful: merging.doubtful))
  }

  /// What all fields together say.
  var found: [NameFinder.Found] {
    var votes = NameVotes(self)
    votes.vote()
    let links = NameLinks(votes.parts, gazetteer, language: language)
    return links.found
  }
}
