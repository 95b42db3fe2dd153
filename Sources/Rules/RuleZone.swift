public import FoundationEssentials

/// The zone by which a desk tells hours and days.
public struct RuleZone: Sendable {
  /// Seconds east of UTC of a zone by its name at a moment; nil for one that nobody knows.
  public typealias Zones = @Sendable (_ name: String, _ moment: Date) -> Int?

  /// Nil: UTC.
  public let name: String?
  private let zones: Zones
  /// Of a zone that is an offset itself.
  private let fixed: Int?

  static let utc = RuleZone()

  private init() { (name, zones, fixed) = (nil, { _, _ in 0 }, 0) }

  /// Nil where `name` is no zone.
  init?(_ name: String, _ zones: @escaping Zones) {
    fixed = Self.offset(name)
    guard fixed != nil || zones(name, Date(timeIntervalSince1970: 0)) != nil else { return nil }
    (self.name, self.zones) = (name, zones)
  }

  /// Seconds east of UTC.
  public func offset(at time: Date) -> Int {
    fixed ?? name.flatMap { zones($0, time) } ?? 0
  }

  /// Hours since 1970 by the clock of the zone.
  func hour(at time: Double) -> Int {
    Int(((time + offset(time)) / 3_600).rounded(.down))
  }

  /// When an hour of the zone's clock begins.
  func start(ofHour hour: Int) -> Double {
    let local = Double(hour) * 3_600
    return local - offset(local - offset(local))
  }

  private func offset(_ time: Double) -> Double {
    // Most have none, and an hour is asked for at each article.
    fixed.map(Double.init) ?? Double(offset(at: Date(timeIntervalSince1970: time)))
  }

  /// `+07:00` in seconds; nil for what is no such offset.
  private static func offset(_ text: String) -> Int? {
    if text == "UTC" || text == "Z" { return 0 }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard let sign = text.first, "+-".contains(sign), parts.count == 2,
      parts.allSatisfy({ $0.utf8.count == 2 }), let hours = UInt(parts[0]),
      let minutes = UInt(parts[1]), hours <= 14, minutes < 60
    else { return nil }
    let seconds = Int(hours * 3_600 + minutes * 60)
    return sign == "-" ? -seconds : seconds
  }
}
