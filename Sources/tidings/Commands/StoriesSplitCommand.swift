import ArgumentParser
import Core
import Projections

/// Says that some articles of a story tell another one.
struct StoriesSplitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Say that articles of a story are a story of their own.",
    discussion: """
      The beginnings of ids are enough. What a person says stands in the log and wins over any model.
      Example: tidings stories split 7kq2m4 a1b2c3 d4e5f6
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The story's id, or its beginning.") var story: String
  @Argument(help: "The ids of the articles to part from it, or their beginnings.")
  var articles: [String]
  @Option(help: "What to keep with it.") var note: String?

  func validate() throws {
    if articles.isEmpty { throw ValidationError("split takes a story and articles of it") }
    if let note { try SaidText.check(note, "--note") }
  }

  func run() async throws {
    let paths = try options.read().paths
    let views = try Reading.views(paths)
    let portrait = try views.story(try StoryByPrefix.find(story, views))
    let parted = try articles.map { try article($0, of: portrait) }
    guard Set(parted).count < portrait.members.count else {
      throw Failure(
        story, "would keep no article", fix: "name fewer articles", code: Exit.badData)
    }
    let judgement = Judgement(by: Person.name, note: note)
    try await PersonalFact(.storySplit(portrait.summary.id, articles: parted, judgement), paths)
      .tell(done: "split \(parted.count) off \(portrait.summary.id)")
  }

  private func article(_ prefix: String, of story: StoryPortrait) throws -> Article.ID {
    let found = story.members.map(\.article.id).filter { $0.rawValue.hasPrefix(prefix) }
    guard let article = found.first, found.count == 1 else {
      throw Failure(
        prefix, found.isEmpty ? "is no article of the story" : "begins \(found.count) ids",
        fix: "see `tidings stories \(self.story)`", code: Exit.badData)
    }
    return article
  }
}
