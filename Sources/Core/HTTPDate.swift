public import FoundationEssentials

/// A date in a header, in any of the three forms of RFC 9110 §5.6.7.
public enum HTTPDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// The moment that `text` names; `nil` if it is in none of the forms.
  public static func date(_ text: String) -> Date? {
    let words = text.lowercased().split { " ,-:".contains($0) }.map(String.init)
    guard words.count >= 7 else { return nil }
    // Sun Nov 6 08:49:37 1994; the other two forms begin with weekday, day, month, year.
    let isC = months.contains(words[1])
    let order = isC ? (day: 2, month: 1, year: 6, hour: 3) : (day: 1, month: 2, year: 3, hour: 4)
    guard isC || (words.count == 8 && words[7] == "gmt"),
      let month = months.firstIndex(of: words[order.month]),
      let day = Int64(words[order.day]), (1...31).contains(day),
      let year = year(words[order.year]),
      let hour = Int64(words[order.hour]), (0..<24).contains(hour),
      let minute = Int64(words[order.hour + 1]), (0..<60).contains(minute),
      let second = Int64(words[order.hour + 2]), (0...60).contains(second)
    else { return nil }
    let days = Timestamp.days(year: year, month: Int64(month) + 1, day: day)
    return Date(
      timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second))
  }

  /// Two digits are of this century up to 69.
  private static func year(_ text: String) -> Int64? {
    guard let year = Int64(text), text.count == 2 || text.count == 4, year >= 0 else { return nil }
    return text.count == 4 ? year : year < 70 ? year + 2000 : year + 1900
  }
}
