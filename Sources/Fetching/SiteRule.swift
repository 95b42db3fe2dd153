/// How a site may be asked.
public struct SiteRule: Hashable, Sendable {
  /// Requests at once.
  public var inFlight: Int

  /// Seconds from start to start.
  public var gap: Double

  /// Requests in a day (UTC); `nil` for any number.
  public var perDay: Int?

  /// Bytes received in a day (UTC); `nil` for any number.
  public var bytesPerDay: Int?

  /// Creates a rule.
  public init(inFlight: Int, gap: Double, perDay: Int? = nil, bytesPerDay: Int? = nil) {
    self.inFlight = inFlight
    self.gap = gap
    self.perDay = perDay
    self.bytesPerDay = bytesPerDay
  }

  /// Public sites: one request at a time, two seconds from start to start.
  public static let `public` = SiteRule(inFlight: 1, gap: 2)

  /// Private addresses, which the operator allowed: eight at a time, no gap.
  public static let `private` = SiteRule(inFlight: 8, gap: 0)
}

/// The rules of all sites: the usual ones, and what an operator says of some by name.
public struct SiteRules: Hashable, Sendable {
  private var overrides: [String: SiteRule]

  /// Creates the usual rules, but for the sites whose ``SiteKey/description`` is in `overrides`.
  public init(_ overrides: [String: SiteRule] = [:]) {
    self.overrides = overrides
  }

  /// The rule of `site`.
  public subscript(site: SiteKey) -> SiteRule {
    overrides[site.description] ?? (site.isPrivate ? .private : .public)
  }
}
