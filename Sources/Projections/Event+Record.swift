public import Core
public import EventLog

extension Event {
  /// What a record says; nil where its words were lost or taken out, or where a later version wrote what may be
  /// passed over.
  ///
  /// - Throws: what reading an event throws.
  public init?(of record: Record) throws {
    guard !record.isRedacted, !record.isLost, !EventKind.maySkip(record.kind) else { return nil }
    try self.init(kind: record.kind, json: record.payload)
  }
}
