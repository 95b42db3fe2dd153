import Core
import FoundationEssentials

/// A feed of the latest alerts, for any reader, another Tidings too.
///
/// It is written whole, under another name, and then renamed, so that nobody reads half of it. What it
/// showed before is asked of the views at its first line.
public actor AtomFile: Outlet {
  public nonisolated let name: String
  private let path: String
  private let limit: Int
  /// Newest last; nil until the outlet's past has been asked for.
  private var entries: [AlertLine]?
  private let past: @Sendable (_ limit: Int) async throws -> [AlertLine]

  /// Creates an outlet that shows the last `limit` lines; `past` gives those that went to it before, oldest
  /// first.
  public init(
    name: String, path: String, entries limit: Int,
    past: @escaping @Sendable (_ limit: Int) async throws -> [AlertLine]
  ) {
    (self.name, self.path, self.limit, self.past) = (name, path, limit, past)
  }

  public func send(_ lines: [AlertLine]) async -> Outcome {
    do {
      var all = entries ?? []
      if entries == nil { all = try await past(limit) }
      let cursors = Set(lines.map(\.cursor))
      all.removeAll { cursors.contains($0.cursor) }
      all = Array((all + lines).suffix(limit))
      try Data(Self.document(all, of: name)).write(to: URL(filePath: path), options: .atomic)
      entries = all
      return .delivered(receipt: nil)
    } catch {
      return .retry("\(path): cannot be written: \(error)", after: nil)
    }
  }

  /// The feed of lines, which stand oldest first.
  static func document(_ lines: [AlertLine], of name: String) -> [UInt8] {
    AtomFeed(id: name, alerts: lines.map(\.alert)).bytes
  }
}
