internal import Core
public import FoundationEssentials

/// How long a server asks to be left alone (RFC 9110 §10.2.3).
public enum RetryAfter {
  /// The wait that the header's `value` names, within ``Limits/retryAfter``.
  ///
  /// Digits beyond any number mean the longest; signs, fractions, exponents and words mean none.
  public static func wait(_ value: String, now: Date) -> Duration? {
    let text = value.filter { $0 != " " && $0 != "\t" }
    if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      let longest = Limits.retryAfter.upperBound
      return clamp(Int64(text).map { min(.seconds($0), longest) } ?? longest)
    }
    return HTTPDate.date(value).map { clamp(.seconds($0.timeIntervalSince(now))) }
  }

  private static func clamp(_ wait: Duration) -> Duration {
    min(max(wait, Limits.retryAfter.lowerBound), Limits.retryAfter.upperBound)
  }
}
