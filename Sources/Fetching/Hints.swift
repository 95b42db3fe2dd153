internal import Core
public import Curl
public import FoundationEssentials

/// What an answer's headers say of when to come again.
public struct Hints: Hashable, Sendable {
  /// How long the answer stays fresh: `max-age` less `Age`, else `Expires` less `Date`
  /// (RFC 9111 §4.2), at most a day; `nil` if nothing usable is said.
  public var freshness: Duration?

  /// How long the server asks to be left alone.
  public var retryAfter: Duration?

  /// Reads `headers` that came at `now`.
  public init(_ headers: HTTPHeaders, now: Date) {
    retryAfter = headers.text("retry-after").flatMap { RetryAfter.wait($0, now: now) }
    // Bounded as a number: a duration of more digits than a publisher can count to would trap.
    freshness = Self.freshness(headers, now).flatMap { seconds in
      seconds > 0 ? .seconds(min(seconds, Limits.longestInterval.seconds)) : nil
    }
  }

  private static func freshness(_ headers: HTTPHeaders, _ now: Date) -> Double? {
    let directives = headers.values("cache-control")
      .flatMap { $0.split(separator: UInt8(ascii: ",")) }
      .map { String(decoding: $0, as: UTF8.self).lowercased().filter { $0 != " " && $0 != "\t" } }
    if directives.contains(where: { $0 == "no-cache" || $0 == "no-store" }) { return nil }
    if let age = directives.first(where: { $0.hasPrefix("max-age=") }) {
      return digits(String(age.dropFirst(8))).map {
        $0 - (headers.text("age").flatMap(digits) ?? 0)
      }
    }
    guard let expires = headers.text("expires").flatMap(HTTPDate.date) else { return nil }
    return expires.timeIntervalSince(headers.text("date").flatMap(HTTPDate.date) ?? now)
  }

  /// A number of plain digits; quoted, signed and fractional ones are none.
  private static func digits(_ text: String) -> Double? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Double(text)
  }
}
