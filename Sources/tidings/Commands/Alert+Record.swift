import Core
import EventLog
import Projections

extension Alert {
  /// The line that a record of the log holds; nil where it holds none.
  init?(lineOf record: Record) throws {
    let kinds = [EventKind.alertRaised.rawValue, EventKind.alertChanged.rawValue]
    guard kinds.contains(record.kind) else { return nil }
    switch try Event(of: record)?.fact {
    case .alertRaised(let alert, _), .alertChanged(let alert, _): self = alert
    default: return nil
    }
  }
}
