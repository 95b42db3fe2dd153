import ArgumentParser
import Core
import Projections

/// The newest articles that pass a filter.
struct ArticlesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "articles",
    abstract: "Show articles, newest first.",
    discussion: "Example: tidings articles --since 24h --entity Q148 --lang id -n 20")

  @OptionGroup var options: ConfigurationOption
  @Option(help: "Only articles seen from this moment on.") var since: Moment?
  @Option(help: "Only articles of this feed.") var feed: String?
  @Option(help: "Only articles that mention this entity (id, name or alias).") var entity: String?
  @Option(help: "Only articles of this topic (id).") var topic: String?
  @Option(help: "Only articles of this story (id, or its beginning).") var story: String?
  @Option(help: "Only articles in this language.") var lang: String?
  @Option(name: .short, help: "How many.") var number = 50
  @Flag(help: "JSON Lines instead of columns.") var json = false

  func validate() throws {
    if number < 0 { throw ValidationError("-n takes 0 or more") }
  }

  func run() throws {
    let views = try Reading.views(try options.read().paths)
    let filter = ArticleFilter(
      since: since?.date, feed: feed.map(Feed.ID.init),
      entity: try entity.map { try views.entityID($0) ?? Entity.ID($0) },
      topic: topic.map(Topic.ID.init),
      story: try story.map { try StoryByPrefix.find($0, views).id },
      language: lang)
    ArticleList.show(try views.articles(filter, limit: number), json: json)
  }
}

/// Articles as two commands print them.
enum ArticleList {
  static func show(_ articles: [Article], json: Bool) {
    guard !json else { return JSONLines.show(articles) { $1.write(to: &$0) } }
    var columns = Columns("id", "seen", "feed", "title")
    for article in articles {
      columns.add(
        String(article.id.rawValue.prefix(10)), Columns.time(article.seen), article.feed.rawValue,
        article.title)
    }
    columns.lines.forEach { Terminal.line($0) }
  }
}
