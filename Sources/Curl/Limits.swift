/// Bounds on what a server may make us hold.
public enum Limits {
  /// Bytes of a body, as sent and decoded alike, unless the request says otherwise.
  public static let bodyBytes = 8 << 20

  /// Bytes of status lines and headers of one answer, interim answers and trailers included.
  public static let headerBytes = 64 << 10

  /// Status lines and headers of one answer, interim answers and trailers included.
  public static let headerLines = 256

  /// Bytes of one header line.
  public static let headerLineBytes = 16 << 10

  /// Content codings laid over one another.
  public static let codings = 2

  /// Bytes of an address.
  public static let addressBytes = 8 << 10

  /// Bytes of all bodies that are held at once, where they share a ``BodyRoom``.
  public static let allBodiesBytes = 64 << 20

  /// Room set aside for a body when its announced length is known.
  static let reservedBytes = 256 << 10

  /// Idle easy handles kept for reuse.
  static let idleHandles = 64
}
