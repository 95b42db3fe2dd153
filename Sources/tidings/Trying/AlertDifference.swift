import Core

/// What two sets of alerts have and have not in common.
struct AlertDifference: Hashable {
  private(set) var gained: [Alert] = []
  private(set) var lost: [Alert] = []
  /// Of the new ones: opened by another article than the old one of the same rule and group.
  private(set) var moved: [Alert] = []
  private(set) var same = 0

  init(old: [Alert], new: [Alert]) {
    let (before, after) = (Set(old.map(\.id)), Set(new.map(\.id)))
    same = before.intersection(after).count
    lost = old.filter { !after.contains($0.id) }
    for alert in new where !before.contains(alert.id) {
      let place = lost.firstIndex { $0.rule == alert.rule && $0.group == alert.group }
      guard let place else {
        gained.append(alert)
        continue
      }
      lost.remove(at: place)
      moved.append(alert)
    }
  }
}
