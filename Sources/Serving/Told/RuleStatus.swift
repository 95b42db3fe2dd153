public import Core
public import FoundationEssentials
public import Projections

/// A rule and what it did.
public struct RuleStatus: Hashable, Sendable {
  public var id: String
  public var revision: String
  public var mode: String
  public var severity: Alert.Severity
  /// Its query; nil where its kind needs none.
  public var match: String?
  public var kind: String
  public var activity: RuleActivity
  /// How many of its alerts people call noise.
  public var noise: Int
  public var coolingUntil: Date?

  public init(
    id: String, revision: String, mode: String, severity: Alert.Severity, match: String?,
    kind: String, activity: RuleActivity, noise: Int, coolingUntil: Date?
  ) {
    (self.id, self.revision, self.mode, self.severity) = (id, revision, mode, severity)
    (self.match, self.kind, self.activity) = (match, kind, activity)
    (self.noise, self.coolingUntil) = (noise, coolingUntil)
  }

  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("rule", id)
      writer.field("revision", revision)
      writer.field("mode", mode)
      writer.field("severity", severity.rawValue)
      writer.field("match", match)
      writer.field("kind", kind)
      writer.field("alerts", activity.alerts)
      writer.field("noise", noise)
      writer.field("last", activity.last)
      writer.field("cooling_until", coolingUntil)
    }
  }
}
