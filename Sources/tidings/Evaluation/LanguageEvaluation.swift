import Core
import Text

/// How well the language of texts is told.
struct LanguageEvaluation {
  private struct Sample {
    var title: String
    var text: String
    var language: String
  }

  private let samples: [Sample]
  private let reader: LanguageReader

  /// Reads texts, each a line of JSON: `lang`, and `title`, `text` or both.
  ///
  /// - Throws: `Failure` for the first line that is none.
  init(_ files: [String], _ reader: LanguageReader) throws {
    self.reader = reader
    samples = try files.flatMap { file in
      try JSONFile.values(
        file, what: "is no text of a language", fix: "write lang, and title or text"
      ) { value in
        guard let language = value["lang"]?.string else { return nil }
        let (title, text) = (value["title"]?.string, value["text"]?.string)
        guard title != nil || text != nil else { return nil }
        return Sample(title: title ?? "", text: text ?? "", language: language)
      }
    }
  }

  /// Whether a file is one of texts whose language alone is known.
  static func isFile(_ file: String) throws -> Bool {
    try JSONFile.first(file).map { $0["lang"] != nil && $0["entities"] == nil } ?? false
  }

  /// Lines of columns: each language, all of them, and all with Indonesian and Malay as one.
  var lines: [String] {
    let answers = samples.map { sample in
      (
        wanted: sample.language,
        found: reader.language(title: sample.title, text: sample.text, declared: nil).code
      )
    }
    var columns = Columns("LANGUAGE", "PRECISION", "RECALL", "F", "N")
    func add(_ name: String, _ count: NameScore.Count) {
      columns.add([name] + count.cells(of: count.wanted))
    }
    for language in Set(answers.map(\.wanted)).sorted() {
      var count = NameScore.Count()
      count.wanted = answers.count { $0.wanted == language }
      count.found = answers.count { $0.found == language }
      count.right = answers.count { $0.wanted == language && $0.found == language }
      add(language, count)
    }
    add("all", Self.all(answers))
    let joined = answers.map { (wanted: Self.joined($0.wanted), found: Self.joined($0.found)) }
    add("id=ms", Self.all(joined))
    return columns.lines
  }

  private static func all(_ answers: [(wanted: String, found: String)]) -> NameScore.Count {
    var count = NameScore.Count()
    count.wanted = answers.count
    count.found = answers.count { $0.found != "und" }
    count.right = answers.count { $0.found == $0.wanted }
    return count
  }

  private static func joined(_ code: String) -> String { code == "ms" ? "id" : code }
}
