import GRDB

/// A statement that is run for many numbers, 32 of them at once.
///
/// To prepare, bind and step through the library costs more than to find a row, and a story is looked up by
/// dozens. Where fewer are left, NULL stands for the rest: nothing is equal to it.
struct ManyNumbers {
  private static let together = 32

  private let sql: String

  /// `sql` of the numbers as a list, for `IN`, or as `VALUES`; what is bound behind them is `?33`.
  init(list sql: (String) -> String) {
    self.sql = sql(Self.places.joined(separator: ", "))
  }

  init(values sql: (String) -> String) {
    self.sql = sql("VALUES " + Self.places.map { "(\($0))" }.joined(separator: ", "))
  }

  /// The rows of a query for each number, those of the first number first.
  ///
  /// `sql` is given the place of a number among those of one run, and the number.
  init(each sql: (Int, String) -> String) {
    self.sql = Self.places.enumerated().map { "SELECT * FROM (\(sql($0, $1)))" }
      .joined(separator: " UNION ALL ")
  }

  private static let places = (1...together).map { "?\($0)" }

  func run(_ numbers: [Int64], _ last: Int64? = nil, in db: Database) throws {
    try runs(numbers, last) { _, arguments in
      try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
  }

  /// Gives `body` the rows, with how many numbers went before those of its run.
  func rows(
    _ numbers: [Int64], in db: Database, _ body: (_ before: Int, _ row: Row) -> Void
  ) throws {
    try runs(numbers, nil) { before, arguments in
      let rows = try Row.fetchCursor(try db.cachedStatement(sql: sql), arguments: arguments)
      while let row = try rows.next() { body(before, row) }
    }
  }

  private func runs(
    _ numbers: [Int64], _ last: Int64?, _ body: (Int, StatementArguments) throws -> Void
  ) rethrows {
    for start in stride(from: 0, to: numbers.count, by: Self.together) {
      let some = numbers[start..<min(start + Self.together, numbers.count)]
      var places = some.map(Optional.some)
      places += Array(repeating: nil, count: Self.together - some.count)
      if let last { places.append(last) }
      try body(start, StatementArguments(places))
    }
  }
}
