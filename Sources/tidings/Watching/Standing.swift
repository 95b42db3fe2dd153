import Core
import FoundationEssentials

/// How the daemon stands, for the line that `systemctl status` shows.
struct Standing: Hashable, Sendable {
  var feeds = 0
  var due = 0
  var failing = 0
  var newestArticle: Date?
  var alertsToday = 0
  /// What the last reload was refused for; nil where the files are in force as they are.
  var refusal: String?
  /// Why nothing is polled; nil where polling goes on.
  var pause: String?

  /// One line, as it is at `now`.
  func text(at now: Date) -> String {
    ([refusal, pause.map { "paused: \($0)" }].compactMap { $0 } + [watch(now)])
      .joined(separator: "; ")
  }

  private func watch(_ now: Date) -> String {
    guard feeds > 0 else { return "no feeds yet; see tidings.yaml(5)" }
    let newest = newestArticle.map { "newest article \(Self.age($0, now)) ago" } ?? "no article yet"
    return [
      "\(Self.count(feeds)) feed\(feeds == 1 ? "" : "s")", "\(Self.count(due)) due",
      "\(Self.count(failing)) failing", newest,
      "\(Self.count(alertsToday)) alert\(alertsToday == 1 ? "" : "s") today",
    ].joined(separator: ", ")
  }

  /// How long ago, in the largest unit of which there are two.
  private static func age(_ date: Date, _ now: Date) -> String {
    let seconds = max(0, Int(now.timeIntervalSince(date)))
    let units = [(86_400, "d"), (3_600, "h"), (60, "min")]
    guard let (length, name) = units.first(where: { seconds >= 2 * $0.0 }) else {
      return "\(seconds) s"
    }
    return "\(seconds / length) \(name)"
  }

  /// A number with its thousands set apart.
  static func count(_ number: Int) -> String {
    var digits = Array(String(number.magnitude).utf8)
    for place in stride(from: digits.count - 3, to: 0, by: -3) {
      digits.insert(UInt8(ascii: ","), at: place)
    }
    return (number < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
  }
}
