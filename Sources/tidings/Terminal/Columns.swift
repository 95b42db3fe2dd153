import Core
import FoundationEssentials

/// Rows in columns for a person; every text is made safe on the way.
struct Columns {
  private let head: [String]
  private var rows: [[String]] = []

  init(_ head: String...) {
    self.head = head
  }

  mutating func add(_ cells: String...) { add(cells) }

  mutating func add(_ cells: [String]) {
    rows.append(cells.map(SafeText.line))
  }

  /// A moment for a person, to the second; a dash for none.
  static func time(_ date: Date?) -> String {
    guard let date else { return "-" }
    return Timestamp.text(
      Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down)))
  }

  /// The lines, each column as wide as its widest cell, the last one free.
  var lines: [String] {
    guard !rows.isEmpty else { return [] }
    let all = [head] + rows
    let widths = head.indices.map { column in all.map { Self.width($0[column]) }.max() ?? 0 }
    return all.map { row in
      row.indices.map { column in
        column == row.count - 1 ? row[column] : Self.pad(row[column], to: widths[column])
      }.joined(separator: "  ")
    }
  }

  private static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - Self.width(text)))
  }

  /// Cells on a terminal: East Asian wide characters take two (UAX #11).
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
