import ArgumentParser
import Core
import FoundationEssentials
import Projections
import Serving

/// What happened, told by whom.
struct StoriesListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show stories by how many independent sources tell them, or one with its articles.",
    discussion: """
      The beginning of an id is enough. Copies of one text count as one source.
      Example: tidings stories --since 24h
      Example: tidings stories 7kq2m4
      Example: tidings stories 7kq2m4 --as-of 2026-01-31
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "An id, or its beginning; nothing for all.") var id: String?
  @Option(help: "Only stories with an article from this moment on.") var since: Moment?
  @Option(help: "As it was known at this moment; replays the log up to it.") var asOf: Moment?
  @Option(name: .short, help: "How many.") var number = 50
  @Flag(help: "JSON Lines instead of columns.") var json = false

  func validate() throws {
    if number < 0 { throw ValidationError("-n takes 0 or more") }
  }

  func run() async throws {
    try await Reading.withViews(try options.read().paths, asOf: asOf?.date, show)
  }

  private func show(_ views: Views) throws {
    guard let id else {
      let stories = try views.stories(since: since?.date, limit: number)
      return json ? JSONLines.show(stories) { $1.write(to: &$0) } : StoryList.show(stories)
    }
    let story = try views.story(try StoryByPrefix.find(id, views))
    if json { JSONLines.show([story]) { $1.write(to: &$0) } } else { show(story) }
  }

  private func show(_ story: StoryPortrait) {
    let summary = story.summary
    Terminal.line(SafeText.line(summary.title))
    Terminal.line(
      "\(summary.id)  articles \(summary.articles)  sources \(summary.sources)"
        + (summary.continues.map { "  goes on with \($0)" } ?? ""))
    var columns = Columns("published", "lag", "source", "article", "title")
    for (place, member) in story.members.enumerated() {
      columns.add(
        Columns.time(member.published), place == 0 ? "first" : Self.lag(member.lag), member.source,
        String(member.article.id.rawValue.prefix(10)),
        member.article.title
          + (member.original.map { "  (copy of \($0.rawValue.prefix(10)))" } ?? ""))
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  /// Hours and minutes.
  static func lag(_ seconds: Double) -> String {
    let minutes = Int(seconds / 60)
    return minutes < 60 ? "+\(minutes)m" : "+\(minutes / 60)h\(minutes % 60)m"
  }
}

/// Stories as two commands print them.
enum StoryList {
  static func show(_ stories: [StorySummary]) {
    var columns = Columns("id", "last", "sources", "articles", "title")
    for story in stories {
      columns.add(
        String(story.id.rawValue.prefix(10)), Columns.time(story.last), String(story.sources),
        String(story.articles), story.title)
    }
    columns.lines.forEach { Terminal.line($0) }
  }
}

/// Finds the one story whose id begins so.
enum StoryByPrefix {
  static func find(_ prefix: String, _ views: Views) throws -> StorySummary {
    let found = try views.stories(idPrefix: prefix)
    guard let story = found.first else { throw Exit.nothingFound }
    guard found.count == 1 else {
      throw Failure(prefix, "begins \(found.count) ids", fix: "give more of it")
    }
    return story
  }
}
