import Core
import FoundationEssentials

/// Days and moments (UTC) as people read them.
enum DayText {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `27 Nov 2026`, of `2026-11-27`; what is no day stays as it is.
  static func day(_ text: String) -> String {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return text }
    return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
  }

  static func day(_ date: Date) -> String { day(Timestamp.day(date)) }

  /// `09:43`.
  static func clock(_ date: Date) -> String { String(Timestamp.text(date).dropFirst(11).prefix(5)) }

  /// `27 Nov 2026, 09:43`.
  static func moment(_ date: Date) -> String { day(date) + ", " + clock(date) }

  /// `+12s`, `+7m`, `+2h5m`, `+3d4h`: how far behind.
  static func lag(_ seconds: Double) -> String {
    let minutes = Int(seconds / 60)
    if minutes < 1 { return "+\(Int(seconds))s" }
    if minutes < 60 { return "+\(minutes)m" }
    let hours = minutes / 60
    return hours < 48 ? "+\(hours)h\(minutes % 60)m" : "+\(hours / 24)d\(hours % 24)h"
  }
}
