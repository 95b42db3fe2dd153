public import FoundationEssentials

/// How long a server asks us to stay away (RFC 9110 §10.2.3).
public enum RetryAfter {
  /// The wait from `now`, 60 s to 7 days; nil where the field says nothing usable.
  ///
  /// Seconds or an HTTP date. Digits beyond any range mean 7 days; negative numbers, fractions,
  /// exponents and words mean nothing.
  public static func wait(_ field: [UInt8], now: Date) -> Duration? {
    let text = String(decoding: field, as: UTF8.self).trimmingBlanks
    guard !text.isEmpty else { return nil }
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return clamp(Double(text) ?? .infinity)
    }
    guard let date = HTTPDate.date(text) else { return nil }
    let seconds = date.timeIntervalSince(now)
    return seconds > 0 ? clamp(seconds) : nil
  }

  private static func clamp(_ seconds: Double) -> Duration {
    .seconds(min(max(seconds, 60), 7 * 86_400))
  }
}

extension String {
  /// Without blanks and tabs at both ends.
  var trimmingBlanks: String {
    let inner = drop { $0 == " " || $0 == "\t" }
    return String(inner.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
