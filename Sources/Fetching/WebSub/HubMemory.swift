public import Core

/// Where subscriptions to hubs are kept between runs.
public struct HubMemory: Sendable {
  /// All that are kept.
  public var load: @Sendable () throws -> [HubSubscription]

  /// Stores some and removes those of the tokens named, all or none, before it returns.
  public var save: @Sendable (_ kept: [HubSubscription], _ dropped: [String]) throws -> Void

  /// Creates a memory from its parts.
  public init(
    load: @escaping @Sendable () throws -> [HubSubscription],
    save: @escaping @Sendable (_ kept: [HubSubscription], _ dropped: [String]) throws -> Void
  ) {
    self.load = load
    self.save = save
  }
}
