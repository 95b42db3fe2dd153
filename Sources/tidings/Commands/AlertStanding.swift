import Core
import EventLog
import FoundationEssentials

/// What was known of an alert at a moment of the past: which outlets had it, and who had acknowledged it.
struct AlertStanding: Hashable, Sendable {
  /// What had become of the line at one outlet.
  struct Outlet: Hashable, Sendable {
    enum State: String {
      case due, delivered, undeliverable
    }

    var name: String
    var state = State.due
    /// When it was settled; nil while it was due.
    var at: Date?
  }

  struct Acknowledgement: Hashable, Sendable {
    var by: String
    var at: Date
  }

  let alert: Alert
  let position: Position
  private(set) var outlets: [Outlet]
  /// The first; more say nothing new.
  private(set) var acknowledged: Acknowledgement?
  /// The last mark that a person gave it.
  private(set) var mark: Alert.Mark?

  init(_ alert: Alert, at position: Position) {
    (self.alert, self.position) = (alert, position)
    outlets = alert.outlets.map { Outlet(name: $0) }
  }

  /// The alert that an event says something later of.
  static func alert(of event: Event) -> Alert.ID? {
    switch event.fact {
    case .alertDelivered(let delivery), .alertUndeliverable(let delivery): delivery.alert
    case .alertAcknowledged(let alert, _), .alertMarked(let alert, _, _): alert
    default: nil
    }
  }

  /// Takes in what was recorded of the alert later on; what is about another one changes nothing.
  mutating func take(_ event: Event) {
    switch event.fact {
    case .alertDelivered(let delivery): settle(delivery, .delivered, event.at)
    case .alertUndeliverable(let delivery): settle(delivery, .undeliverable, event.at)
    case .alertAcknowledged(alert.id, let judgement) where acknowledged == nil:
      acknowledged = Acknowledgement(by: judgement.by, at: event.at)
    case .alertMarked(alert.id, let mark, _): self.mark = mark
    default: break
    }
  }

  private mutating func settle(_ delivery: Delivery, _ state: Outlet.State, _ at: Date) {
    guard delivery.alert == alert.id, delivery.number == alert.number,
      let place = outlets.firstIndex(where: { $0.name == delivery.outlet })
    else { return }
    outlets[place] = Outlet(name: delivery.outlet, state: state, at: at)
  }

  // MARK: Telling

  /// One line for people, beneath those of the alert.
  var person: String {
    var parts = outlets.map { outlet in
      switch outlet.at {
      case nil: "due at \(outlet.name)"
      case let at?: "\(outlet.state.rawValue) at \(outlet.name) \(Timestamp.text(at))"
      }
    }
    if let acknowledged {
      parts.append("acknowledged by \(acknowledged.by) \(Timestamp.text(acknowledged.at))")
    }
    if let mark { parts.append("marked \(mark.rawValue)") }
    return "          " + SafeText.line(parts.joined(separator: "; "))
  }

  /// The fields that the alert's line gets.
  func writeFields(to writer: inout JSONWriter) {
    writer.key("outlets")
    writer.array(outlets) { writer, outlet in
      writer.object { writer in
        writer.field("outlet", outlet.name)
        writer.field("state", outlet.state.rawValue)
        writer.field("at", outlet.at)
      }
    }
    writer.field("mark", mark?.rawValue)
    guard let acknowledged else { return }
    writer.field(
      "acknowledged",
      object: {
        $0.field("by", acknowledged.by)
        $0.field("at", acknowledged.at)
      })
  }
}
