public import Core

/// Where poll states are kept between runs: a pair of functions, so that tests need no database.
public struct PollMemory: Sendable {
  /// The states of these feeds, as far as there are any.
  public var load: @Sendable ([Feed.ID]) throws -> [Feed.ID: PollState]

  /// The states of all sites, by ``SiteKey/description``.
  public var loadSites: @Sendable () throws -> [String: SiteState]

  /// Stores states of feeds and sites, all or none, before it returns.
  public var save: @Sendable ([Feed.ID: PollState], [String: SiteState]) throws -> Void

  /// Creates a memory from its parts.
  public init(
    load: @escaping @Sendable ([Feed.ID]) throws -> [Feed.ID: PollState],
    loadSites: @escaping @Sendable () throws -> [String: SiteState],
    save: @escaping @Sendable ([Feed.ID: PollState], [String: SiteState]) throws -> Void
  ) {
    self.load = load
    self.loadSites = loadSites
    self.save = save
  }
}
