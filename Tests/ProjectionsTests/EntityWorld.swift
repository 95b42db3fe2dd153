import Core
import EventLog
import Foundation
import Support
import Text

@testable import Projections

/// A log whose articles name by their capitals: `China` as lists know it, others as a tagger finds them.
struct EntityWorld {
  static let day = 86_400.0
  static let lists = ["China": "Q148", "Tiongkok": "Q148", "Rusia": "Q159"]

  let archived: Archived
  var models = "lists:1"

  init() throws { archived = try Archived() }

  var makeReader: MakeReader {
    { [models] _ in
      { article, _ in
        var reading = Reading(models: models)
        var start = 0
        for word in article.title.split(separator: " ").map(String.init) {
          if word.first?.isUppercase == true {
            var mention = Self.mention(word, start)
            if article.title.hasSuffix("!") { mention.via = "clue" }
            reading.names.append(mention)
          }
          start += word.count + 1
        }
        return reading
      }
    }
  }

  private static func mention(_ word: String, _ start: Int) -> Reading.Mention {
    let entity = lists[word]
    return Reading.Mention(
      entity: entity ?? "tid:" + word.lowercased(), name: entity == "Q148" ? "China" : word,
      kind: entity == nil ? .person : .place, field: "title", start: start,
      end: start + word.count, text: word, via: entity == nil ? "tagger" : "alias own")
  }

  func append(_ fact: Event.Fact, after days: Double = 0) async throws {
    let at = Archived.now.addingTimeInterval(days * Self.day)
    try await archived.log.append([Event(at: at, fact)], to: .daemon, at: at)
  }

  func publish(_ title: String, after days: Double = 0, by publisher: String = "A") async throws {
    var article = archived.article("\(title) \(days) \(publisher)", title)
    (article.publisher, article.text) = (publisher, "")
    try await append(.articlePublished(article, .live), after: days)
  }

  func views(batch: Int = 1_000, in name: String = "views.sqlite") async throws -> Views {
    let views = try Views(
      archived.folder.path(name), log: await archived.log.identity, Archived.projections)
    try await Projector(views, log: archived.log, makeReader: makeReader, batch: batch).catchUp()
    return views
  }

  func rebuild(
    tell: (@Sendable (Rebuild.Reason, UInt64) -> Void)? = nil
  ) async -> Rebuild {
    Rebuild(
      archived.file, { Archived.projections }, log: archived.log,
      identity: await archived.log.identity, makeReader: makeReader, models: models, tell: tell)
  }
}

extension Reading {
  init(models: String) {
    self.init()
    self.models = models
  }
}
