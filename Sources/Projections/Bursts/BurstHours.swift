import GRDB

/// The hours before a moment that a key is held against: those of the last day, and the same of other weeks.
struct BurstHours {
  /// Those in which news could come; another one is missing, not empty.
  private let day: [Int64]
  private let sameHours: [Int64]

  init(before end: Double, _ db: Database) throws {
    let hour = Int64((end - 1) / 3_600)
    let statement = try db.cachedStatement(
      sql: "SELECT 1 FROM burst_hour WHERE key = '' AND hour = ?")
    func running(_ hours: [Int64]) throws -> [Int64] {
      try hours.filter { try Row.fetchOne(statement, arguments: [$0]) != nil }
    }
    day = try running((1...24).map { hour - $0 })
    sameHours = try running((1...4).map { hour - 168 * $0 })
  }

  /// The probability of so many sources of a key, or more.
  func tail(_ key: String, _ sources: Int, _ db: Database) throws -> Double {
    let statement = try db.cachedStatement(
      sql: "SELECT sources FROM burst_hour WHERE key = ? AND hour = ?")
    func counts(_ hours: [Int64]) throws -> [Double] {
      try hours.map { try Double.fetchOne(statement, arguments: [key, $0]) ?? 0 }
    }
    return BurstLaw.tail(
      sources,
      BurstLaw.History(sameHours: try counts(sameHours), day: try counts(day)))
  }
}
