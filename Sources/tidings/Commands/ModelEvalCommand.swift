import ArgumentParser
import Core
import Text

/// Measures what is found in texts whose names, stories or language are known, and of pairs of names.
struct ModelEvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Print how well names, stories, languages or pairs of names agree with a file.",
    discussion: """
      A file of names has a token and its tag (O, B-PER, I-PER …) a line and an empty line behind each
      sentence; or, named .jsonl, a sentence a line: {"lang":"id","text":"…","entities":[{"start":0,
      "end":5,"type":"PER"}]}, in Unicode scalars. Precision, recall and F are told by type.
      A file of stories is JSON Lines of articles with `title`, `text`, `language` and `story`, or a JSON
      array of events with `articles`. It is read in the given order and in three others: B-cubed and pair
      precision, recall, F. Of copies that are made of its texts it says how many are found.
      A file of languages has a text a line, {"lang":"id","title":"…"}; one of pairs says of two names
      whether they are of one: {"a":"Putin","b":"Путин","same":true}.
      Example: tidings model eval --data names.txt --guideline idner --title-case
      Example: tidings model eval --data stories.jsonl --among others.json
      """)

  /// The corpora of the shipped model, in the order it was trained on them.
  static let corpora = ["idner", "nergrit"]

  @Option(help: "The labelled file; several of stories count as one.")
  var data: [String]

  @Option(help: "A file of articles that are in the way of stories, and not judged.")
  var among: [String] = []

  @Option(help: "What counts as a name: own, idner or nergrit.")
  var guideline = "own"

  @Option(help: "The language of the sentences, where they do not say it.")
  var language = "id"

  @Option(help: "A folder with other lists or models than those shipped.")
  var resources: String?

  @Flag(help: "Give every word a capital first, as headlines do.")
  var titleCase = false

  @Flag(help: "Put all in small letters first.")
  var lowerCase = false

  func validate() throws {
    guard guideline == "own" || Self.corpora.contains(guideline) else {
      throw ValidationError("--guideline takes own, \(Self.corpora.joined(separator: " or "))")
    }
    guard !(titleCase && lowerCase) else {
      throw ValidationError("--title-case and --lower-case exclude each other")
    }
  }

  func run() throws {
    if try data.allSatisfy(AliasEvaluation.isFile) {
      let gazetteer = try NameResources.gazetteer(ResourceFiles(resources))
      return try AliasEvaluation(data, gazetteer).lines.forEach { Terminal.line($0) }
    }
    let isStories = try data.contains(where: LabelledArticle.isFile)
    if !isStories, try data.allSatisfy(LanguageEvaluation.isFile) {
      return try LanguageEvaluation(data, .shared(resources)).lines.forEach { Terminal.line($0) }
    }
    guard isStories else { return try evaluateNames() }
    let evaluation = try StoryEvaluation(data, among: among, background: .shipped)
    for line in try evaluation.stories() + evaluation.copies() { Terminal.line(line) }
  }

  private func evaluateNames() throws {
    let texts = try data.flatMap { file in
      try LabelledText.read(file, language: language) { sentence in
        titleCase ? sentence.titleCased : lowerCase ? sentence.lowerCased : sentence
      }
    }
    let finder = try NameResources(ResourceFiles(resources))
      .finder(corpus: Self.corpora.firstIndex(of: guideline))
    var scores: [String: NameScore] = [:]
    for text in texts {
      let field = NameFinder.Field(text.text, words: Words(text.text))
      let found = finder.names(in: [field], language: text.language)
      scores[text.language, default: NameScore()].add(
        found: Set(found.map { .init(start: $0.start, end: $0.end, kind: $0.kind) }),
        wanted: Set(text.spans))
    }
    tell(scores)
  }

  private func tell(_ scores: [String: NameScore]) {
    var columns = Columns("LANGUAGE", "TYPE", "PRECISION", "RECALL", "F", "N")
    for (language, score) in scores.sorted(by: { $0.key < $1.key }) {
      let kinds = NameKind.allCases.map { ($0.rawValue, score.counts[$0] ?? NameScore.Count()) }
      for (name, count) in kinds + [("all", score.all), ("untyped", score.untyped)] {
        columns.add([language, name] + count.cells(of: count.wanted))
      }
    }
    for line in columns.lines { Terminal.line(line) }
  }
}
