import ArgumentParser
import Core
import Parsing

/// Prints the feeds of a subscription list as lines of the configuration.
struct FeedsImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Print the feeds of an OPML file as lines to paste; its folders become tags.",
    discussion: "Example: tidings feeds import subscriptions.opml > feeds.yaml")

  @OptionGroup var options: ConfigurationOption

  @Argument(help: "The OPML file; - for standard input.")
  var file: String

  func run() throws {
    let configuration = try ConfigurationFiles.isThere(options.file) ? options.read() : nil
    let list: OPML
    do {
      list = try OPML(parsing: try Input.bytes(of: file))
    } catch let error as FeedParseError {
      throw Failure(file, error.what, fix: "give an OPML file", code: Exit.badData)
    }
    guard !list.feeds.isEmpty else {
      let fix = "give one whose outlines have an xmlUrl"
      throw Failure(file, "names no feed", fix: fix, code: Exit.nothingFound)
    }
    let known = Set(configuration?.feeds.map(\.url) ?? [])
    var taken = Set(configuration?.feeds.map(\.id.rawValue) ?? [])
    Terminal.line("feeds:")
    for feed in list.feeds where !known.contains(feed.url) {
      if let title = feed.title { Terminal.line("  # " + SafeText.line(title)) }
      let name = FeedLine.name(for: feed.url, not: &taken)
      Terminal.line(FeedLine(name: name, url: feed.url, tags: feed.tags).text)
    }
  }
}
