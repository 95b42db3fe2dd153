/// A length of time as operators write it: `30s`, `10m`, `2h`, `3d`, `4w`.
public enum DurationText {
  /// The duration that `text` names; nil where it is none, or longer than ten years.
  public static func duration(_ text: String) -> Duration? {
    guard let unit = text.last, let count = Int64(text.dropLast()), count >= 0,
      let seconds = units.first(where: { $0.letter == unit })?.seconds,
      count <= 315_360_000 / seconds
    else { return nil }
    return .seconds(count * seconds)
  }

  /// `duration` in the greatest unit that divides it, whole seconds at least.
  public static func text(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    guard let unit = units.last(where: { seconds % $0.seconds == 0 && seconds >= $0.seconds })
    else { return "0s" }
    return "\(seconds / unit.seconds)\(unit.letter)"
  }

  private static let units: [(letter: Character, seconds: Int64)] = [
    ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("w", 604_800),
  ]
}

extension Duration {
  /// The duration in seconds.
  public var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
