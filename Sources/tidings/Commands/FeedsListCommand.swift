import ArgumentParser
import Core
import FoundationEssentials
import Projections
import Serving

/// Each feed and how it is, or each site and how politely it is asked.
struct FeedsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show each feed: state and cause, last success, next due and why then, failures.",
    discussion: "Example: tidings feeds list --json")

  @OptionGroup var options: ConfigurationOption

  @Flag(help: "JSON Lines instead of columns.")
  var json = false

  @Flag(help: "Show sites instead: requests and bytes of the day, 304 answers, refusals.")
  var sites = false

  func run() throws {
    let configuration = try options.read()
    let store = try Reading.state(configuration.paths)
    let known = try store.loadSites()
    if sites {
      let all = SiteStatus.list(known)
      return json ? JSONLines.show(all) { $1.write(to: &$0) } : show(all)
    }
    let feeds = try FeedStatus.read(
      Reading.views(configuration.paths).feedHealth(), store, known, configuration.access,
      now: WallClock.now())
    if json { JSONLines.show(feeds) { $1.write(to: &$0) } } else { show(feeds) }
  }

  private func show(_ feeds: [FeedStatus]) {
    var columns = Columns(
      "feed", "state", "last success", "next due", "failures", "a day", "304", "why then",
      "message")
    for feed in feeds {
      columns.add(
        feed.health.feed.id.rawValue, feed.state, Columns.time(feed.poll?.lastSuccess),
        Columns.time(feed.due), String(feed.poll?.failures ?? 0),
        feed.poll.map { String(($0.entriesPerDay * 10).rounded() / 10) } ?? "-", feed.share,
        feed.dueWords ?? "-",
        ([feed.message].compactMap(\.self) + feed.notes).joined(separator: "; "))
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  private func show(_ sites: [SiteStatus]) {
    var columns = Columns(
      "site", "last request", "requests", "bytes", "304", "429 ever", "longest Retry-After",
      "left alone until")
    for site in sites {
      let state = site.state
      columns.add(
        site.name, Columns.time(state.lastStart), String(state.requests), String(state.bytes),
        String(state.notModified), String(state.limited),
        state.longestRetryAfter.map { DurationText.text($0) } ?? "-",
        Columns.time(state.pausedUntil))
    }
    columns.lines.forEach { Terminal.line($0) }
  }
}
