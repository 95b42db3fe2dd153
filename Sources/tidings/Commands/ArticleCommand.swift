import ArgumentParser
import Core
import Projections
import Rules

/// One article, or all its revisions.
struct ArticleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "article",
    abstract: "Show one article; --history shows every revision; correct its topics.",
    discussion: """
      The beginning of an id is enough.
      Example: tidings article 7kq2m4 --history
      Example: tidings article 7kq2m4 --no-topic sport --note "a stadium fire"
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The article's id, or its beginning.") var id: String
  @Flag(help: "Every revision, oldest first, with what was edited.") var history = false
  @Flag(help: "JSON Lines instead of text.") var json = false
  @Option(help: "Say that it belongs to this topic: an id or name.") var topic: String?
  @Option(help: "Say that it does not belong to this topic.") var noTopic: String?
  @Option(help: "What to keep with what you say.") var note: String?

  func validate() throws {
    if topic != nil, noTopic != nil {
      throw ValidationError("give --topic or --no-topic, one at a time")
    }
    if let note { try SaidText.check(note, "--note") }
  }

  func run() async throws {
    let configuration = try options.read()
    let views = try Reading.views(configuration.paths)
    let found = try views.articles(idPrefix: id)
    guard let article = found.first else { throw Exit.nothingFound }
    guard found.count == 1 else {
      throw Failure(id, "begins \(found.count) ids", fix: "give more of it")
    }
    if let name = topic ?? noTopic {
      return try await judge(article, name, isRight: topic != nil, configuration)
    }
    let withdrawn = try views.withdrawal(of: article.id)
    if history {
      show(try views.history(of: article.id))
    } else if json {
      ArticleList.show([article], json: true)
    } else {
      show(article)
    }
    if let withdrawn, !json { Terminal.line("withdrawn: \(withdrawn.rawValue)") }
  }

  private func judge(
    _ article: Article, _ name: String, isRight: Bool, _ configuration: Configuration
  ) async throws {
    guard let id = configuration.rules.topicID(name) else {
      throw Failure(name, "is no topic", fix: "see `tidings topics`", code: Exit.badData)
    }
    let judgement = Judgement(by: Person.name, note: note)
    try await PersonalFact(
      .topicJudged(article.id, Topic.ID(id), right: isRight, judgement), configuration.paths
    ).tell(done: "\(isRight ? "" : "not ")\(id): \(article.title)")
  }

  private func show(_ history: [(article: Article, edit: Revision?)]) {
    var last: Article?
    for (article, edit) in history {
      if json {
        show(article, after: edit)
      } else if let last, let edit {
        show(article, after: edit, of: last)
      } else {
        show(article)
      }
      last = article
    }
  }

  private func show(_ article: Article, after edit: Revision?) {
    guard let edit else { return ArticleList.show([article], json: true) }
    var writer = JSONWriter()
    article.write(to: &writer, after: edit)
    Terminal.line(writer.bytes)
  }

  private func show(_ article: Article, after edit: Revision, of last: Article) {
    showHead(of: article)
    Terminal.line(EditLines.summary(edit))
    let texts = [
      (last.title, article.title), (last.summary ?? "", article.summary ?? ""),
      (last.text, article.text),
    ]
    for (old, new) in texts {
      for line in EditLines.lines(from: old, to: new, inColor: Terminal.hasColor) {
        Terminal.line("  " + line)
      }
    }
    Terminal.line("")
  }

  private func show(_ article: Article) {
    showHead(of: article)
    Terminal.line("")
    for paragraph in article.text.split(separator: "\n") {
      Terminal.line(SafeText.line(String(paragraph)))
    }
    Terminal.line("")
  }

  private func showHead(of article: Article) {
    Terminal.line("\(SafeText.line(article.title))")
    Terminal.line(
      "revision \(article.revision)  \(article.feed)  seen \(Timestamp.text(article.seen))"
        + (article.published.map { "  published \(Timestamp.text($0))" } ?? ""))
    if let url = article.url { Terminal.line(SafeText.line(url)) }
  }
}
