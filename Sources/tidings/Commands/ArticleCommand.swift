import ArgumentParser
import Core
import Projections

/// One article, or all its revisions.
struct ArticleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "article",
    abstract: "Show one article; --history shows every revision.",
    discussion: """
      The beginning of an id is enough.
      Example: tidings article 7kq2m4 --history
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The article's id, or its beginning.") var id: String
  @Flag(help: "Every revision, oldest first.") var history = false
  @Flag(help: "JSON Lines instead of text.") var json = false

  func run() throws {
    let views = try Reading.views(try options.read().paths)
    let found = try views.articles(idPrefix: id)
    guard let article = found.first else { throw Exit.nothingFound }
    guard found.count == 1 else {
      throw Failure(id, "begins \(found.count) ids", fix: "give more of it")
    }
    for revision in history ? try views.revisions(of: article.id) : [article] {
      if json { ArticleList.show([revision], json: true) } else { show(revision) }
    }
  }

  private func show(_ article: Article) {
    Terminal.line("\(SafeText.line(article.title))")
    Terminal.line(
      "revision \(article.revision)  \(article.feed)  seen \(Timestamp.text(article.seen))"
        + (article.published.map { "  published \(Timestamp.text($0))" } ?? ""))
    if let url = article.url { Terminal.line(SafeText.line(url)) }
    Terminal.line("")
    for paragraph in article.text.split(separator: "\n") {
      Terminal.line(SafeText.line(String(paragraph)))
    }
    Terminal.line("")
  }
}
