public import Core

/// What keeps the poller's states over a restart.
public struct PollMemory: Sendable {
  public var load: @Sendable ([Feed.ID]) throws -> [Feed.ID: PollState]
  public var save: @Sendable ([Feed.ID: PollState]) throws -> Void

  public init(
    load: @escaping @Sendable ([Feed.ID]) throws -> [Feed.ID: PollState],
    save: @escaping @Sendable ([Feed.ID: PollState]) throws -> Void
  ) {
    self.load = load
    self.save = save
  }
}
