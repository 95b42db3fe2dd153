import ArgumentParser
import Core
import Parsing

/// Prints the feeds of the configuration as a subscription list.
struct FeedsExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print the feeds as OPML, for other readers.",
    discussion: "Example: tidings feeds export > subscriptions.opml")

  @OptionGroup var options: ConfigurationOption

  func run() throws {
    let feeds = try options.read().feeds.map { feed in
      OPML.Outline(title: feed.publisher ?? feed.id.rawValue, url: feed.url, tags: feed.tags)
    }
    Terminal.line(OPML(feeds: feeds).document)
  }
}
