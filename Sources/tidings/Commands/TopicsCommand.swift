import ArgumentParser
import Core
import Projections

/// What the news is about.
struct TopicsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topics",
    abstract: "Show topics by how many articles belong to them, or one topic's articles.",
    discussion: """
      Beside all articles: those of the last day and what a day of the week before had; the independent
      sources of the last hour and of the same hour in other weeks; since when there are far more than that.
      Example: tidings topics --since 7d
      Example: tidings topics energy
      Example: tidings topics energy --as-of 2026-01-31
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "An id; nothing for all.") var name: String?
  @Option(help: "Only articles from this moment on.") var since: Moment?
  @Option(help: "As it was known at this moment; replays the log up to it.") var asOf: Moment?
  @Flag(help: "JSON Lines instead of columns.") var json = false

  func run() async throws {
    try await Reading.withViews(try options.read().paths, asOf: asOf?.date, show)
  }

  private func show(_ views: Views) throws {
    guard let name else { return CountList.show(try views.topics(since: since?.date), json: json) }
    guard let topic = try views.topic(name, since: since?.date) else { throw Exit.nothingFound }
    let filter = ArticleFilter(since: since?.date, topic: Topic.ID(topic.count.id))
    ArticleList.show(try views.articles(filter, limit: 50), json: json)
  }
}
