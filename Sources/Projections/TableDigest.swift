import GRDB

/// All rows of a table in one figure: equal rows in equal order, equal digest.
public struct TableDigest: Hashable, Sendable, CustomStringConvertible {
  public var table: String
  public var rows: Int
  /// Guards against accident, not against intent.
  public var digest: UInt64

  public var description: String { "\(table): \(rows) rows, digest \(hex)" }

  /// The digest as 16 digits.
  var hex: String {
    let digits = String(digest, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// Goes through a table's rows in their order, one in memory at a time.
struct TableScan {
  private let cursor: RowCursor
  private let keys: Int
  private(set) var digest: TableDigest

  /// Begins before the first row; `order` names the columns of the order.
  init(_ table: String, order: [String], in db: Database) throws {
    let columns = order.map { "\"\($0)\"" }.joined(separator: ", ")
    cursor = try Row.fetchCursor(
      db, sql: "SELECT \(columns), * FROM \"\(table)\" ORDER BY \(columns)")
    keys = order.count
    digest = TableDigest(table: table, rows: 0, digest: RowHash().value)
  }

  /// A row: its key as text, made where it is asked for, and the hash of all its values.
  struct Line {
    var row: Row
    var keys: Int
    var hash: UInt64

    var key: String {
      (0..<keys).map { "\(row[$0] as DatabaseValue)" }.joined(separator: " ")
    }
  }

  mutating func next() throws -> Line? {
    guard let row = try cursor.next() else { return nil }
    var hash = RowHash()
    for column in keys..<row.count { hash.add(row[column] as DatabaseValue) }
    var all = RowHash(value: digest.digest)
    all.add(hash.value)
    digest.digest = all.value
    digest.rows += 1
    return Line(row: row, keys: keys, hash: hash.value)
  }
}

/// FNV-1a over values, each with its type and length, so that no two rows run into one.
///
/// Numbers go in whole: a million articles have hundreds of millions of words to compare.
private struct RowHash {
  var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ value: DatabaseValue) {
    switch value.storage {
    case .null: add(0)
    case .int64(let number):
      add(1)
      add(UInt64(bitPattern: number))
    case .double(let number):
      add(2)
      add(number.bitPattern)
    case .string(let text):
      add(3)
      add(bytes: text.utf8)
    case .blob(let data):
      add(4)
      add(bytes: data)
    }
  }

  private mutating func add(bytes: some Collection<UInt8>) {
    add(UInt64(bytes.count))
    for byte in bytes { value = (value ^ UInt64(byte)) &* Self.prime }
  }

  mutating func add(_ number: UInt64) {
    value = (value ^ number) &* Self.prime
    // Multiplying carries upwards only.
    value ^= value >> 32
  }

  private static let prime: UInt64 = 0x100_0000_01B3
}
