import ArgumentParser
import Core
import FoundationEssentials
import Parsing

/// Shows what the reader makes of one feed document.
struct ParseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Read one feed document and print it as JSON.",
    discussion: """
      Example: curl -s https://example.org/feed.xml | tidings parse --base https://example.org/feed.xml
      Example: tidings parse --articles feed.xml
      """)

  @Argument(help: "The document; - or nothing for standard input.")
  var file: String = "-"

  @Option(help: "The address it came from; relative addresses are resolved against it.")
  var base: String?

  @Option(help: "The Content-Type that came with it.")
  var contentType: String?

  @Flag(help: "Print normalised articles, one a line, as the log would hold them.")
  var articles = false

  func run() throws {
    let document = try Input.bytes(of: file)
    let feed: ParsedFeed
    do {
      feed = try ParsedFeed(
        parsing: document, base: base, contentType: contentType, contentLanguage: nil,
        zones: SystemZones.names)
    } catch {
      Terminal.line(error.json)
      let place = file == "-" ? "standard input" : file
      throw Failure(
        place, "not a feed: " + error.what, fix: error.fix, code: Exit.badData)
    }
    guard articles else { return Terminal.line(feed.json) }
    let followed = Feed(id: Feed.ID("parse"), url: base ?? "")
    let now = WallClock.now()
    for article in feed.articles(in: followed, seen: now, zones: SystemZones.names) {
      var writer = JSONWriter()
      article.write(to: &writer)
      Terminal.line(writer.bytes)
    }
  }
}
