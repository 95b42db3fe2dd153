internal import Core

/// How often a feed is to be asked, as far as the operator and the budget have a say in it.
public struct Pace: Hashable, Sendable {
  /// An order to ask so often; it stands for everything below.
  public var every: Duration?

  /// The operator's bounds on the interval; the floor of politeness stands above the upper one.
  public var shortest: Duration?
  public var longest: Duration?

  /// How much a feed counts beside others.
  public var weight: Double

  /// Seconds times √(entries a day): what the budget leaves each feed, from ``Allocation``.
  public var scale: Double

  /// Whether a hub tells of its news, so that polls are a backup.
  public var isBackup = false

  /// Creates a pace.
  public init(
    every: Duration? = nil, shortest: Duration? = nil, longest: Duration? = nil,
    weight: Double = 1, scale: Double = Allocation.usualScale
  ) {
    self.every = every
    self.shortest = shortest
    self.longest = longest
    self.weight = weight
    self.scale = scale
  }
}
