/// The steps by which stored events of older versions are read as today's.
///
/// The log is never rewritten. A new optional field keeps the `v` of its type. A changed meaning, or a
/// field taken away, raises it, and a step from the version before joins the chain of its kind here.
/// Steps stay for ever, as do the lines of `Tests/CoreTests/Fixtures/events` that need them.
public struct Upcasts: Sendable {
  /// Makes the line of one version out of that of the version before: a pure function on its tree.
  ///
  /// It need not touch `v`.
  public typealias Step = @Sendable (JSONValue) -> JSONValue

  /// Those of this program: no type has been changed yet.
  public static let current = Upcasts([:])

  /// The first step of a kind leads from version 1 to 2.
  private let chains: [EventKind: [Step]]

  public init(_ chains: [EventKind: [Step]]) {
    self.chains = chains
  }

  /// The version that lines of `kind` are written in today, from 1.
  public func version(of kind: EventKind) -> Int {
    (chains.isEmpty ? 0 : chains[kind]?.count ?? 0) + 1
  }

  /// The line that `json`, of an older `version`, would be today.
  func lift(
    _ json: [UInt8], _ kind: EventKind, from version: Int
  ) throws(EventFormatError) -> [UInt8] {
    var tree: JSONValue
    do { tree = try JSONValue(parsing: json) } catch { throw .malformed(error) }
    for step in (chains[kind] ?? []).dropFirst(version - 1) { tree = step(tree) }
    tree["v"] = .number(Double(self.version(of: kind)))
    var writer = JSONWriter()
    tree.write(to: &writer)
    return writer.bytes
  }
}
