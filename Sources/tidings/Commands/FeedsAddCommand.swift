import ArgumentParser
import Core
import Curl
import Fetching
import FoundationEssentials
import Glibc
import Parsing
import Projections

/// Finds the feed at an address, or behind the page there, and prints what to put into the configuration.
struct FeedsAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Find the feed at an address or behind a page, and print the lines to paste.",
    discussion: """
      One request is sent. Nothing is written, but for a note that its site was asked, where the daemon's
      user runs this: so the daemon keeps its distance.

      Example: tidings feeds add https://example.org/
      """)

  @OptionGroup var options: ConfigurationOption

  @Argument(help: "The address of a feed or of a page.")
  var url: String

  @Flag(help: "Let the address lie on a private network or on this machine.")
  var privateNetwork = false

  func run() async throws {
    let address = url.contains("://") ? url : "https://" + url
    guard (try? HTTPAddress(address)) != nil else {
      throw Failure(url, "is no address", fix: "write one such as https://example.org/")
    }
    let configuration = try ConfigurationFiles.isThere(options.file) ? options.read() : nil
    let feed = Feed(
      id: Feed.ID("new"), url: address,
      privateNetwork: privateNetwork || configuration?.polling.privateNetworks == true)
    let client = try HTTPClient()
    defer { client.shutDown() }
    let fetcher = FeedFetcher(client, FeedFetcher.Settings(contact: configuration?.polling.contact))
    let state = try ownState(configuration)
    let site = SiteKey(try HTTPAddress(address)).description
    try state?.note(site) { $0.begin(at: WallClock.now()) }
    let fetched = try await fetcher.fetch(feed, PollState(url: address), now: WallClock.now())
    try state?.note(site) {
      $0.end(bytes: fetched.bytes, status: fetched.status, retryAfter: nil, at: WallClock.now())
    }
    var taken = Set(configuration?.feeds.map(\.id.rawValue) ?? [])
    switch fetched.outcome {
    case .failed(let failure): throw Failure(address, failure.message, fix: "check the address")
    case .notModified: throw Failure(address, "answers 304 unasked", fix: "ask again later")
    case .document(let document): try show(document, at: fetched.movedTo ?? address, &taken)
    }
  }

  /// What the daemon remembers, if it is ours: a file that we made beside another's would lock that user out.
  private func ownState(_ configuration: Configuration?) throws -> StateStore? {
    guard let paths = configuration?.paths else { return nil }
    var status = stat()
    guard unsafe stat(paths.state, &status) == 0, status.st_uid == geteuid() else { return nil }
    return try Reading.writableState(paths)
  }

  private func show(_ document: Document, at address: String, _ taken: inout Set<String>) throws {
    do throws(FeedParseError) {
      let feed = try ParsedFeed(document)
      Terminal.line("# " + Self.describe(feed))
      Terminal.line("feeds:")
      Terminal.line(line(address, &taken))
    } catch .notAFeed("<html>", let feeds, let title) {
      let page = "a page" + (title.map { " «\($0)»" } ?? "")
      guard !feeds.isEmpty else {
        let fix = "look on it for a link to a feed, and give that"
        throw Failure(address, page + " that names no feed", fix: fix, code: Exit.nothingFound)
      }
      let count = feeds.count == 1 ? "one feed" : "\(feeds.count) feeds, the likeliest first"
      Terminal.line(SafeText.line("# \(address): \(page) that names \(count)"))
      Terminal.line("feeds:")
      for (index, feed) in feeds.enumerated() {
        Terminal.line((index == 0 ? "" : "#") + line(feed, &taken))
      }
    } catch {
      let what = "not a feed: " + error.what
      throw Failure(address, what, fix: error.fix, code: Exit.badData)
    }
  }

  private func line(_ url: String, _ taken: inout Set<String>) -> String {
    let name = FeedLine.name(for: url, not: &taken)
    return FeedLine(name: name, url: url, privateNetwork: privateNetwork).text
  }

  private static func describe(_ feed: ParsedFeed) -> String {
    let newest = feed.entries.compactMap { $0.published ?? $0.updated }.max()
    let parts = [
      feed.title, feed.format,
      "\(feed.entries.count) \(feed.entries.count == 1 ? "entry" : "entries")",
      newest.map { "newest \(Timestamp.text($0))" },
    ]
    return SafeText.line(parts.compactMap(\.self).joined(separator: ", "))
  }
}
