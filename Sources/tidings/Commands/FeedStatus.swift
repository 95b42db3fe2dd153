import Core
import Curl
import Fetching
import FoundationEssentials
import Projections

/// One feed and how it is: what the log says of it, what the poller remembers, what its site allows.
struct FeedStatus {
  let health: FeedHealth
  let poll: PollState?
  let site: SiteState?
  let siteName: String
  let pace: Pace
  /// When it is asked next, and why then.
  let due: DueReason?
  /// What its hub promised; nil for a feed without one.
  let hub: HubSubscription?

  init(
    _ health: FeedHealth, _ poll: PollState?, _ sites: [String: SiteState],
    _ hub: HubSubscription?, _ options: PollOptions, now: Date
  ) {
    (self.health, self.poll, self.hub) = (health, poll, hub)
    let address = try? HTTPAddress(poll?.address ?? health.feed.url)
    siteName = address.map { SiteKey($0).description } ?? ""
    let site = sites[siteName]
    self.site = site
    var pace = options.pace(every: health.feed.every)
    pace.isBackup = hub?.isHeld(at: now) == true
    self.pace = pace
    due = poll.map { DueReason($0, pace, sitePause: site?.pausedUntil, now: now) }
    state = Self.state(health, poll, now)
  }

  /// ok, new, failing, dead (a month without success) or gone (ended by its publisher).
  let state: String

  /// What is wrong, in words; nil for nothing.
  var message: String? {
    health.failingSince == nil ? nil : poll?.lastFailureMessage ?? health.message
  }

  /// What its operator may want to change.
  var notes: [String] { (poll?.notes(pace) ?? []) + [hub?.message].compactMap(\.self) }

  /// The share of polls that were answered by 304, in percent.
  var share: String {
    guard let poll, poll.polls > 0 else { return "-" }
    return "\(poll.notModified * 100 / poll.polls) %"
  }

  private static func state(_ health: FeedHealth, _ poll: PollState?, _ now: Date) -> String {
    if poll?.isGone == true { return "gone" }
    if health.failingSince != nil { return poll?.isDead(now) == true ? "dead" : "failing" }
    return poll?.lastSuccess == nil ? "new" : "ok"
  }
}

extension FeedStatus {
  /// As one line of JSON.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("feed", health.feed.id.rawValue)
      writer.field("url", health.feed.url)
      writer.field("title", health.title)
      writer.field("state", state)
      writer.field("failure", health.failure)
      writer.field("kind", health.failingSince == nil ? nil : poll?.lastFailure)
      writer.field("message", message)
      writer.field("failing_since", health.failingSince)
      writer.field("last_success", poll?.lastSuccess)
      writer.field("next_due", due?.date)
      writer.field("next_due_why", due?.words)
      writer.field("failures", poll?.failures ?? 0)
      writer.field("entries_per_day", number: poll?.entriesPerDay)
      writer.field("published", health.published)
      writer.field("revised", health.revised)
      writer.field("identity", health.identity?.rawValue)
      writer.field("polls", poll?.polls ?? 0)
      writer.field("not_modified", poll?.notModified ?? 0)
      writer.field("bytes", poll?.bytes ?? 0)
      writer.field("status", poll?.lastStatus)
      writer.field("moved_to", poll?.adopted)
      if !notes.isEmpty { writer.field("notes", notes) }
      writer.field("site", siteName)
      if let hub {
        writer.key("websub")
        writer.object { hub.write(to: &$0) }
      }
    }
    return writer.bytes
  }
}

extension HubSubscription {
  /// What people may know of it: neither its secret nor where it is pushed to.
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("hub", hub)
    writer.field("topic", topic)
    writer.field("state", state.rawValue)
    writer.field("lease_until", leaseEnd)
    writer.field("pushes", pushes)
    writer.field("dropped", dropped)
    writer.field("message", message)
  }
}

/// A site and how politely it is asked.
struct SiteStatus {
  let name: String
  let state: SiteState

  /// As one line of JSON.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("site", name)
      writer.field("day", Timestamp.text(state.dayEnd.addingTimeInterval(-86_400)))
      writer.field("requests", state.requests)
      writer.field("bytes", state.bytes)
      writer.field("not_modified", state.notModified)
      writer.field("limited", state.limited)
      writer.field("longest_retry_after_seconds", state.longestRetryAfter.map { Int($0.seconds) })
      writer.field("paused_until", state.pausedUntil)
      writer.field("last_request", state.lastStart)
    }
    return writer.bytes
  }
}
