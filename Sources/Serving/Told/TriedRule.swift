public import Core

/// What a rule would have done over a stretch of the log.
public struct TriedRule: Hashable, Sendable {
  /// Examples that are shown of it.
  public static let samples = 10

  public var id: String
  /// Lines by day, `2026-11-26`.
  public private(set) var days: [String: Int] = [:]
  /// What was held, by reason.
  public private(set) var held: [String: Int] = [:]
  /// The first line of each alert.
  public private(set) var fired: [Alert] = []
  public private(set) var lines = 0
  /// How many of its articles raised an alert when they came.
  public var known = 0

  public init(id: String) {
    self.id = id
  }

  public mutating func noteRaised(_ alert: Alert) {
    fired.append(alert)
    noteLine(of: alert)
  }

  public mutating func noteLine(of alert: Alert) {
    lines += 1
    days[Timestamp.day(alert.at), default: 0] += 1
  }

  public mutating func noteHeld(_ reason: String) {
    held[reason, default: 0] += 1
  }

  /// `cooldown 3, rate 1`; nothing where nothing was held.
  public var heldText: String {
    held.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("rule", id)
      writer.field("alerts", fired.count)
      writer.field("lines", lines)
      writer.field("known", known)
      for (name, counts) in [("days", days), ("held", held)] {
        writer.key(name)
        writer.object { writer in
          for (key, count) in counts.sorted(by: { $0.key < $1.key }) { writer.field(key, count) }
        }
      }
      writer.key("samples")
      writer.array(fired.prefix(Self.samples)) { $1.write(to: &$0, cursor: nil) }
    }
  }
}
