import FoundationEssentials

/// Times as the log stores them: whole microseconds from 1970, signed.
enum Microseconds {
  /// The microseconds of `date`, rounded.
  static func of(_ date: Date) throws(EventLogError) -> Int64 {
    let seconds = date.timeIntervalSince1970
    guard abs(seconds) <= Limits.seconds else {
      throw .refused(reason: "a time of \(seconds) seconds from 1970 cannot be recorded")
    }
    return Int64((seconds * 1_000_000).rounded())
  }

  static func date(_ microseconds: Int64) -> Date {
    Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
  }
}
