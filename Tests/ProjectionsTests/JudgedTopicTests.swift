import Core
import EventLog
import Foundation
import Testing
import Text

@testable import Projections

/// An article with `gempa` in its title belongs to the topic `t` by its words.
@Suite("A topic that a person judged") struct JudgedTopicTests {
  let archived: Archived

  init() async throws {
    archived = try Archived()
    try await archived.append(
      .vocabularyDefined(
        VocabularyDefinition(part: "topics", text: #"{"t":{"name":"T"},"u":{"name":"U"}}"#)),
      .articlePublished(archived.article("quake", "Gempa Putin"), .live),
      .articlePublished(archived.article("match", "Bola"), .live))
  }

  private func judge(
    _ article: String, _ topic: String, _ right: Bool, by person: String = "rina"
  ) async throws {
    try await archived.append(
      .topicJudged(
        Article.ID(article), Topic.ID(topic), right: right, Judgement(by: person)))
  }

  private func counts() async throws -> [String: Int] {
    let topics = try await archived.views().topics(since: nil)
    return Dictionary(uniqueKeysWithValues: topics.map { ($0.id, $0.articles) })
  }

  @Test func `is given and taken, and counted`() async throws {
    #expect(try await counts() == ["t": 1, "u": 0])
    try await judge("match", "u", true)
    try await judge("match", "u", true, by: "budi")
    try await judge("quake", "t", false)
    try await judge("nobody", "t", true)
    #expect(try await counts() == ["t": 0, "u": 1])
    let views = try await archived.views()
    let filter = ArticleFilter(topic: Topic.ID("u"))
    #expect(try views.articles(filter, limit: 9).map(\.id.rawValue) == ["match"])
    #expect(try await archived.rebuild().check().isEmpty)
  }

  @Test func `stays as it was judged in later revisions`() async throws {
    try await judge("quake", "t", false)
    try await judge("quake", "u", true)
    try await archived.append(archived.revised("quake", "Gempa besar Putin", 2))
    #expect(try await counts() == ["t": 0, "u": 1])
    try await judge("quake", "t", true, by: "budi")
    #expect(try await counts() == ["t": 1, "u": 1])
    #expect(try await archived.rebuild().check().isEmpty)
  }

  @Test func `built in is named, and shown where articles have it`() async throws {
    try await judge("match", BuiltInTopic.sport.id, true)
    let topics = try await archived.views().topics(since: nil)
    #expect(topics.filter { $0.id.hasPrefix("medtop:") }.map(\.name) == ["sport"])
  }
}
