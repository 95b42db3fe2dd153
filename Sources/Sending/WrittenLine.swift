import Core

/// What tells a line that stands in the file from all others.
struct WrittenLine: Hashable {
  let cursor: UInt64
  let alert: String

  init(_ line: AlertLine) {
    (cursor, alert) = (line.cursor, line.alert.id.rawValue)
  }

  /// Nil for what is no alert's line.
  init?(_ bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes), let alert = value["alert_id"]?.string,
      let cursor = value["cursor"]?.string.flatMap({ UInt64($0) })
    else { return nil }
    (self.cursor, self.alert) = (cursor, alert)
  }
}
