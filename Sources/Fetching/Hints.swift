public import Curl
public import FoundationEssentials

/// How long a publisher calls its answer fresh (RFC 9111 §4.2, §5.2).
public enum Hints {
  /// The longest time a hint is honoured.
  static let longest = Duration.seconds(86_400)

  /// `max-age` less `Age`, else `Expires` less `Date`; nil where nothing usable is said.
  public static func freshness(_ headers: HTTPHeaders, now: Date) -> Duration? {
    if let control = headers.text("cache-control") {
      if let age = maxAge(control) {
        let spent = headers.text("age").flatMap { Int($0.trimmingBlanks) } ?? 0
        return clamp(Double(age - spent))
      }
      if control.lowercased().contains("no-") { return nil }
    }
    guard let expires = headers.text("expires").flatMap(HTTPDate.date) else { return nil }
    let date = headers.text("date").flatMap(HTTPDate.date) ?? now
    return clamp(expires.timeIntervalSince(date))
  }

  /// The number of `max-age`; quoted and negative ones are none, nor is it beside `no-store`.
  private static func maxAge(_ control: String) -> Int? {
    let directives = control.lowercased().split(separator: ",").map { String($0).trimmingBlanks }
    guard !directives.contains(where: { $0.hasPrefix("no-cache") || $0.hasPrefix("no-store") })
    else { return nil }
    guard let directive = directives.first(where: { $0.hasPrefix("max-age=") }) else { return nil }
    let digits = directive.dropFirst(8)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(digits) ?? Int(Int32.max)
  }

  static func clamp(_ seconds: Double) -> Duration? {
    seconds > 0 ? min(.seconds(seconds), longest) : nil
  }
}
