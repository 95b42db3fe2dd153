public import Core
public import EventLog
public import FoundationEssentials
import GRDB

/// Which lines of alerts are wanted; what is nil does not matter.
public struct AlertFilter: Hashable, Sendable {
  public var rule: String?
  /// This one or above.
  public var severity: Alert.Severity?
  public var since: Date?
  /// Only lines that stand before this one.
  public var before: Position?

  public init(
    rule: String? = nil, severity: Alert.Severity? = nil, since: Date? = nil,
    before: Position? = nil
  ) {
    (self.rule, self.severity, self.since, self.before) = (rule, severity, since, before)
  }
}

extension Views {
  /// The newest lines that pass `filter`, newest first.
  public func alerts(_ filter: AlertFilter, limit: Int) throws -> [PlacedAlert] {
    var conditions = ["1"]
    var arguments = StatementArguments()
    func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      conditions.append(condition)
      arguments += [value]
    }
    add("rule = ?", filter.rule)
    add("position < ?", filter.before.map { Int64(clamping: $0.rawValue) })
    add("at >= ?", filter.since?.timeIntervalSince1970)
    if let least = filter.severity {
      let names = Alert.Severity.allCases.filter { $0 >= least }
        .map { "'\($0.rawValue)'" }.joined(separator: ", ")
      conditions.append("json_extract(CAST(event AS TEXT), '$.alert.severity') IN (\(names))")
    }
    arguments += [limit]
    return try read { db in
      try placedAlerts(
        db,
        """
        SELECT * FROM alert WHERE \(conditions.joined(separator: " AND "))
        ORDER BY position DESC LIMIT ?
        """, arguments)
    }
  }

  /// Lines behind `position`, oldest first.
  public func alerts(after position: Position, limit: Int) throws -> [PlacedAlert] {
    try read { db in
      try placedAlerts(
        db, "SELECT * FROM alert WHERE position > ? ORDER BY position LIMIT ?",
        [Int64(clamping: position.rawValue), limit])
    }
  }

  /// Every line of one alert, oldest first.
  public func lines(of alert: Alert.ID) throws -> [PlacedAlert] {
    try read { db in
      try placedAlerts(
        db, "SELECT * FROM alert WHERE id = ? ORDER BY position LIMIT 500", [alert.rawValue])
    }
  }
}
