import Foundation
import Testing
import Text

/// The lists and the model that come with the program, read once for all tests.
enum NameSample {
  static let gazetteer = try? Gazetteer(reading: bytes("gazetteer.tsv"))
  static let words = NameWords(listing: bytes("name-words.tsv"))
  static let tagger = NameModel(bytes("names-id.model")).map { NameTagger($0) }

  static let finder = NameFinder(
    gazetteer ?? Gazetteer(), words,
    taggers: tagger.map { ["id": $0] } ?? [:])

  static func bytes(_ name: String) -> [UInt8] {
    let resources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/tidings/Resources")
    return [UInt8](
      FileManager.default.contents(atPath: resources.appending(path: name).path) ?? Data())
  }

  /// The names of a text, in order.
  static func names(_ text: String, _ language: String? = "id") -> [NameFinder.Found] {
    finder.names(in: [NameFinder.Field(text, words: Words(text))], language: language)
  }

  /// The names as `text/kind`.
  static func told(_ text: String, _ language: String? = "id") -> [String] {
    names(text, language).map { "\($0.text)/\($0.kind.rawValue)" }
  }

  /// The entities of the names that are written `name`.
  static func entities(of name: String, in text: String, _ language: String? = "id") -> [String] {
    names(text, language).filter { $0.text == name }.map(\.entity)
  }
}
