/// How long one transfer may take.
public struct HTTPTimeouts: Hashable, Sendable {
  /// From the start to the last byte.
  public var total: Duration = .seconds(60)

  /// From the start to an open connection, TLS included.
  public var connect: Duration = .seconds(10)

  /// Fewer bytes a second than this are too slow.
  public var slowBytesPerSecond = 100

  /// How long it may stay too slow; whole seconds, at least one.
  public var slow: Duration = .seconds(20)

  /// Creates the usual bounds: 60 s in all, 10 s to connect, 100 bytes a second over 20 s.
  public init() {}
}

extension Duration {
  /// Whole milliseconds, at least one: libcurl takes zero for "no bound".
  var boundMilliseconds: Int {
    let (seconds, attoseconds) = components
    let whole = Int(clamping: seconds).multipliedReportingOverflow(by: 1000)
    guard !whole.overflow else { return Int(Int32.max) }
    return min(
      max(1, whole.partialValue + Int(attoseconds / 1_000_000_000_000_000)), Int(Int32.max))
  }
}
