import ArgumentParser
import Core
import FoundationEssentials
import Projections
import Rules

/// Why a rule said nothing about an article: the first step of its judgement that stopped it.
struct WhynotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whynot",
    abstract: "Show why a rule did not fire on an article: what failed, or what held it.",
    discussion: """
      Goes by the rule as it was when the article came, and by the story that it is in today. Exit 2 if the
      rule or the article is unknown.
      Example: tidings whynot putin-xi 8f31c0
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The rule's id.") var rule: String
  @Argument(help: "The article's id, or its beginning.") var article: String

  func run() async throws {
    let paths = try options.read().paths
    let views = try Reading.views(paths)
    let found = try views.articles(idPrefix: article)
    guard let known = found.first else {
      throw Failure(
        article, "no article has an id that begins so", fix: "see `tidings articles`",
        code: Exit.nothingFound)
    }
    guard found.count == 1 else {
      throw Failure(article, "begins \(found.count) ids", fix: "give more of it")
    }
    let progress = Progress("records")
    defer { progress.end() }
    let answer = try await Whynot(rule, known.id, in: try Reading.log(paths), views) {
      progress.report($0, of: $1)
    }
    progress.end()
    guard let answer else {
      let fix = Suggestion.fix(for: rule, in: try views.ruleDefinitions().map(\.rule))
      throw Failure(rule, "is no rule that ever was", fix: fix, code: Exit.nothingFound)
    }
    show(answer)
  }

  private func show(_ answer: Whynot) {
    let article = answer.article
    let fired = answer.alert.map { "fired (\($0))" } ?? "did not fire"
    let revision = answer.rule.map { "; rule revision \($0.revision)" } ?? ""
    Terminal.line(
      SafeText.line(
        "\(rule) \(fired) on \"\(article.title)\" (\(article.feed), seen "
          + "\(Timestamp.text(article.seen)))\(revision)"))
    for line in answer.reasons { Terminal.line(SafeText.line(line)) }
  }
}
