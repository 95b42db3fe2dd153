import ArgumentParser
import Core
import FoundationEssentials
import Projections

/// Each feed and how it is.
struct FeedsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show each feed: state, last success, next due, failures, entries a day.",
    discussion: "Example: tidings feeds list --json")

  @OptionGroup var options: ConfigurationOption

  @Flag(help: "JSON Lines instead of columns.")
  var json = false

  func run() throws {
    let configuration = try options.read()
    let health = try Reading.views(configuration.paths).feedHealth()
    let states = try Reading.state(configuration.paths).load(health.map(\.feed.id))
    if json {
      for feed in health { Terminal.line(document(feed, states[feed.feed.id])) }
    } else {
      show(health, states)
    }
  }

  private func state(_ health: FeedHealth, _ poll: PollState?) -> String {
    if health.failingSince != nil { return "failing" }
    return poll?.lastSuccess == nil ? "new" : "ok"
  }

  private func show(_ all: [FeedHealth], _ states: [Feed.ID: PollState]) {
    var columns = Columns(
      "feed", "state", "last success", "next due", "failures", "a day", "304", "message")
    for health in all {
      let poll = states[health.feed.id]
      columns.add(
        health.feed.id.rawValue, state(health, poll), Columns.time(poll?.lastSuccess),
        Columns.time(poll?.nextDue), String(poll?.failures ?? 0),
        poll.map { String(($0.entriesPerDay * 10).rounded() / 10) } ?? "-", share(poll),
        health.message ?? "")
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  private func share(_ poll: PollState?) -> String {
    guard let poll, poll.polls > 0 else { return "-" }
    return "\(poll.notModified * 100 / poll.polls) %"
  }

  private func document(_ health: FeedHealth, _ poll: PollState?) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("feed", health.feed.id.rawValue)
      writer.field("url", health.feed.url)
      writer.field("title", health.title)
      writer.field("state", state(health, poll))
      writer.field("failure", health.failure)
      writer.field("message", health.message)
      writer.field("failing_since", health.failingSince)
      writer.field("last_success", poll?.lastSuccess)
      writer.field("next_due", poll?.nextDue)
      writer.field("failures", poll?.failures ?? 0)
      writer.field("entries_per_day", number: poll?.entriesPerDay)
      writer.field("published", health.published)
      writer.field("revised", health.revised)
      writer.field("identity", health.identity?.rawValue)
      writer.field("polls", poll?.polls ?? 0)
      writer.field("not_modified", poll?.notModified ?? 0)
      writer.field("bytes", poll?.bytes ?? 0)
    }
    return writer.bytes
  }
}
