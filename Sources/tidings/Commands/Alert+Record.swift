import Core
import EventLog

extension Alert {
  /// The line that a record of the log holds; nil where it holds none.
  init?(lineOf record: Record) throws {
    let kinds = [EventKind.alertRaised.rawValue, EventKind.alertChanged.rawValue]
    guard kinds.contains(record.kind), !record.isRedacted, !record.isLost else { return nil }
    switch try Event(kind: record.kind, json: record.payload).fact {
    case .alertRaised(let alert, _), .alertChanged(let alert, _): self = alert
    default: return nil
    }
  }
}
