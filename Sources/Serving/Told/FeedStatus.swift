public import Core
public import FoundationEssentials
public import Projections

/// One feed and how it is: what the log says of it, what the poller remembers, what its site allows.
public struct FeedStatus: Hashable, Sendable {
  public var health: FeedHealth
  public var poll: PollState?
  /// What politeness counts it by; empty for an address that is none.
  public var site: String
  /// ok, new, failing, dead (a month without success) or gone (ended by its publisher).
  public var state: String
  /// When it is asked next; nil for never or at once.
  public var due: Date?
  /// Why then, in words; nil before the first poll.
  public var dueWords: String?
  /// What its operator may want to change.
  public var notes: [String]
  /// What its hub promised; nil for a feed without one.
  public var hub: HubSubscription?

  public init(
    _ health: FeedHealth, _ poll: PollState?, site: String, state: String, due: Date?,
    dueWords: String?, notes: [String], hub: HubSubscription?
  ) {
    (self.health, self.poll, self.site, self.state) = (health, poll, site, state)
    (self.due, self.dueWords, self.notes, self.hub) = (due, dueWords, notes, hub)
  }

  /// What is wrong, in words; nil for nothing.
  public var message: String? {
    health.failingSince == nil ? nil : poll?.lastFailureMessage ?? health.message
  }

  /// The share of polls that were answered by 304, in percent.
  public var share: String {
    guard let poll, poll.polls > 0 else { return "-" }
    return "\(poll.notModified * 100 / poll.polls) %"
  }
}

extension FeedStatus {
  public func write(to writer: inout JSONWriter) {
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
      writer.field("next_due", due)
      writer.field("next_due_why", dueWords)
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
      writer.field("site", site)
      if let hub {
        writer.key("websub")
        writer.object { hub.write(to: &$0) }
      }
    }
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
