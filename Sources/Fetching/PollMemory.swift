public import Core

/// Where poll states survive: two closures over a store, in batches for speed.
public struct PollMemory: Sendable {
  /// The states of those feeds that have one.
  public var load: @Sendable ([Feed.ID]) throws -> [Feed.ID: PollState]

  /// Keeps states, all or none, before it returns.
  public var save: @Sendable ([Feed.ID: PollState]) throws -> Void

  /// Creates a memory from its two halves.
  public init(
    load: @escaping @Sendable ([Feed.ID]) throws -> [Feed.ID: PollState],
    save: @escaping @Sendable ([Feed.ID: PollState]) throws -> Void
  ) {
    self.load = load
    self.save = save
  }
}
