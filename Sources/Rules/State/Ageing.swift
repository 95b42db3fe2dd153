/// What rules forget because it is long over; the same in every store.
///
/// What an open alert came about by is never forgotten: its article may be edited or taken back however late.
public struct Ageing: Hashable, Sendable {
  /// Seconds of log time since 1970; what was over by then goes.
  public let limit: Double

  public init(limit: Double) {
    self.limit = limit
  }

  public func forgets(_ episode: Episode) -> Bool { Self.end(of: episode) < limit }

  /// Whether what an article met at a time goes; `episode` is that of the alert it is in, where there is one.
  public func forgets(metAt time: Double, in episode: Episode?) -> Bool {
    max(time, episode.map(Self.end) ?? time) < limit
  }

  private static func end(of episode: Episode) -> Double { episode.closed ?? .infinity }
}
