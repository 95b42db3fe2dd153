import FoundationEssentials

extension ParsedFeed {
  /// The zone that more dates of the document name than any other; dates without one are taken for its.
  var usualZone: FeedDate.Zone? {
    let dates = [updatedAs].compactMap(\.self) + entries.flatMap(\.dates)
    let zones = dates.map(\.zone).filter { $0 != .open }
    let counts = Dictionary(zones.map { ($0, 1) }, uniquingKeysWith: +)
    guard let most = counts.max(by: { $0.value < $1.value }) else { return nil }
    return counts.values.count { $0 == most.value } == 1 ? most.key : nil
  }

  /// Dates whose zone is a name, or none, become moments.
  mutating func settleZones(_ names: ZoneNames?) {
    let usual = usualZone ?? .open
    for index in entries.indices {
      let entry = entries[index]
      entries[index].published = entry.publishedAs?.moment(usual, names) ?? entry.published
      entries[index].updated = entry.updatedAs?.moment(usual, names) ?? entry.updated
    }
    updated = updatedAs?.moment(usual, names) ?? updated
  }
}

extension ParsedEntry {
  var dates: [FeedDate] { [publishedAs, updatedAs].compactMap(\.self) }
}

extension FeedDate {
  /// Its moment where other dates of the document name `usual`; a day alone stays that day of UTC.
  fileprivate func moment(_ usual: Zone, _ names: ZoneNames?) -> Date {
    moment(in: hasTime ? usual : .open, names)
  }
}
