import Core
public import FoundationEssentials

/// The dates of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT` and its two obsolete forms (RFC 9110 §5.6.7).
public enum HTTPDate {
  /// The moment `text` names; nil where it is no such date.
  public static func date(_ text: String) -> Date? {
    let words = text.split { " ,-".contains($0) }.map(String.init)
    // asctime has the month before the day and the year last.
    if words.count == 5, let month = month(words[1]) {
      return date(day: words[2], month, year: words[4], words[3])
    }
    guard words.count == 6, words[5] == "GMT", let month = month(words[2]) else { return nil }
    return date(day: words[1], month, year: words[3], words[4])
  }

  private static func date(day: String, _ month: Int64, year: String, _ time: String) -> Date? {
    let clock = time.split(separator: ":").compactMap { Int64($0) }
    guard let day = Int64(day), var year = Int64(year), clock.count == 3, (1...31).contains(day),
      clock[0] < 24, clock[1] < 60, clock[2] < 61, clock.allSatisfy({ $0 >= 0 })
    else { return nil }
    if year < 100 { year += year < 70 ? 2_000 : 1_900 }
    let days = Timestamp.days(year: year, month: month, day: day)
    return Date(
      timeIntervalSince1970: Double(days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]))
  }

  private static func month(_ name: String) -> Int64? {
    let names = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    return names.firstIndex(of: name.lowercased()).map { Int64($0 + 1) }
  }
}
