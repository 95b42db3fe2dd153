public import Core
import FoundationEssentials

/// A site and how politely it is asked.
public struct SiteStatus: Hashable, Sendable {
  public var name: String
  public var state: SiteState

  public init(name: String, state: SiteState) {
    (self.name, self.state) = (name, state)
  }

  public func write(to writer: inout JSONWriter) {
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
  }
}
