import Core
import FoundationEssentials
import Projections
import Rules

/// What an outlet is sent of the time before it was there, where it asks for that by `from`.
///
/// It is asked for once: the fact has the outlet and the time as its key, and one that is known is not
/// recorded again.
struct OutletBeginnings {
  /// Alerts that one outlet is sent; of more the newest.
  static let limit = 50_000

  let outlets: [OutletSettings]
  let rules: RuleSet
  let views: Views

  func events() throws -> [Event] {
    try outlets.compactMap { outlet in
      guard let from = outlet.from, try !views.knows(event(outlet.name, from, []).id) else {
        return nil
      }
      return event(outlet.name, from, try alerts(for: outlet.name, since: from))
    }
  }

  private func event(_ outlet: String, _ from: Date, _ alerts: [Alert.ID]) -> Event {
    Event(
      at: from,
      .deliveryRequested(outlet: outlet, alerts: alerts, by: PeopleView.configuration))
  }

  /// Alerts of rules that name the outlet now and did not when they were raised.
  private func alerts(for outlet: String, since from: Date) throws -> [Alert.ID] {
    let rules = Set(self.rules.rules.filter { $0.outlets.contains(outlet) }.map(\.id))
    let lines = try views.lines(since: from).filter {
      rules.contains($0.rule) && !$0.outlets.contains(outlet)
    }
    var seen: Set<Alert.ID> = []
    let ids = lines.map(\.id).filter { seen.insert($0).inserted }
    return ids.suffix(Self.limit)
  }
}
