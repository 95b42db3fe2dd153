/// A place in a log: that of a record, or the one the next record will take.
///
/// Positions only grow. Compare them, never count with them: another log may leave gaps.
public struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Before everything.
  public static let origin = Position(rawValue: 0)

  /// The least position after this one: where to read on when this record is done.
  public var next: Position { Position(rawValue: rawValue + 1) }

  public var description: String { String(rawValue) }

  public static func < (left: Position, right: Position) -> Bool {
    left.rawValue < right.rawValue
  }
}
