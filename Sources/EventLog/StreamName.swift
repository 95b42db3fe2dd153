/// The name of a stream: the records that one decider appends and that its condition guards.
///
/// Called so because Foundation has a `Stream`.
public struct StreamName: Hashable, Sendable, CustomStringConvertible {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// What became of one feed and its articles.
  public static func feed(_ id: String) -> StreamName { StreamName(rawValue: "feed." + id) }
  /// What was raised, held, delivered.
  public static let alerts = StreamName(rawValue: "alerts")
  /// What people said: silences, marks, judgements.
  public static let people = StreamName(rawValue: "people")
  /// Rules as they were defined.
  public static let rules = StreamName(rawValue: "rules")
  /// Vocabulary and other definitions.
  public static let definitions = StreamName(rawValue: "definitions")
  /// The life of the daemon, and its ticks.
  public static let daemon = StreamName(rawValue: "daemon")

  /// CRC32C of the name in UTF-8, as each of its records carries it.
  public var hash: UInt32 { CRC32C.checksum(Array(rawValue.utf8)) }

  public var description: String { rawValue }
}
