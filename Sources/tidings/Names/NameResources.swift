import Core
import Text

/// What names are found by: the gazetteer, the words beside names, a model a language.
struct NameResources: Sendable {
  /// Languages that have a model, each in `names-CODE.model`; Malay is read by the Indonesian one.
  private static let models = ["id": ["id", "ms"]]

  var gazetteer: Gazetteer
  var words: NameWords
  /// Each with the languages that it reads.
  var models: [(languages: [String], model: NameModel)]
  /// Of the files, in the order they are read: name and the first 12 hex digits of SHA-256.
  var id: String

  /// Reads the files; a language whose model is missing is read by rules.
  ///
  /// - Throws: `Failure` for a list that is missing or malformed, or a model of another version.
  init(_ files: ResourceFiles) throws(Failure) {
    let list = try files.bytes(Self.list)
    let words = try files.bytes("name-words.tsv")
    gazetteer = try Self.gazetteer(list, files)
    self.words = NameWords(listing: words)
    models = []
    var ids = ["gazetteer:" + Self.digest(list), "name-words:" + Self.digest(words)]
    for (name, languages) in Self.models.sorted(by: { $0.key < $1.key }) {
      let file = "names-\(name).model"
      guard files.path(file) != nil else { continue }
      let bytes = try files.bytes(file)
      models.append((languages, try Self.model(bytes, file)))
      ids.append("names-\(name):" + Self.digest(bytes))
    }
    id = ids.joined(separator: " ")
  }

  private static let list = "gazetteer.tsv"

  static func gazetteer(_ files: ResourceFiles) throws(Failure) -> Gazetteer {
    try gazetteer(try files.bytes(list), files)
  }

  private static func gazetteer(
    _ bytes: [UInt8], _ files: ResourceFiles
  ) throws(Failure) -> Gazetteer {
    do {
      return try Gazetteer(reading: bytes)
    } catch {
      throw Failure(
        "\(files.path(list) ?? list):\(error.line)", error.what,
        fix: "write seven fields with tabs between, as the shipped file has them",
        code: Exit.badData)
    }
  }

  private static func model(_ bytes: [UInt8], _ place: String) throws(Failure) -> NameModel {
    guard let model = NameModel(bytes) else {
      throw Failure(
        place, "is no model of this version", fix: "train it anew with `tidings model train names`",
        code: Exit.badData)
    }
    return model
  }

  /// Finds names as this program counts them, or as corpus `corpus` of the models does.
  func finder(corpus: Int? = nil) -> NameFinder {
    var taggers: [String: NameTagger] = [:]
    for (languages, model) in models {
      // One for all its languages: it holds 4 MB.
      let tagger = NameTagger(model, guideline: corpus ?? 0)
      for language in languages { taggers[language] = tagger }
    }
    return NameFinder(
      gazetteer, words, taggers: taggers, guideline: corpus == nil ? .own : .corpus)
  }

  static func digest(_ bytes: [UInt8]) -> String { String(SHA256.hex(bytes).prefix(12)) }
}
