public import FoundationEssentials

/// The clock of the desk, which may be put forward and back over the year.
public struct DeskClock: Hashable, Sendable {
  private static let day = 86_400.0

  /// Tells clocks apart.
  let zone: String
  private let offset: @Sendable (Date) -> Int

  /// `offset`: seconds east of UTC at a moment.
  public init(zone: String, offset: @escaping @Sendable (Date) -> Int) {
    (self.zone, self.offset) = (zone, offset)
  }

  public static func == (a: DeskClock, b: DeskClock) -> Bool { a.zone == b.zone }

  public func hash(into hasher: inout Hasher) { hasher.combine(zone) }

  /// The first moment after `time` at which the clock is so many minutes past midnight.
  func next(minute: Int, after time: Date) -> Date {
    let (seconds, start) = (time.timeIntervalSince1970, Double(minute * 60))
    var day = ((seconds + offset(at: seconds) - start) / Self.day).rounded(.down)
    while true {
      let moment = moment(day * Self.day + start)
      if moment > seconds { return Date(timeIntervalSince1970: moment) }
      day += 1
    }
  }

  /// When the clock shows a time; one that is left out when it is put forward is an hour later, and of one that comes
  /// twice when it is put back it is one of the two.
  private func moment(_ local: Double) -> Double {
    // The offset is that of the moment itself, which may be another than that of the same time in UTC. Where the clock
    // is put forward no offset is its own: the lesser of the two, that of before, makes it later.
    let near = offset(at: local - offset(at: local))
    return local - min(near, offset(at: local - near))
  }

  private func offset(at seconds: Double) -> Double {
    Double(offset(Date(timeIntervalSince1970: seconds)))
  }
}

extension DeskClock: CustomStringConvertible {
  public var description: String { zone }
}
