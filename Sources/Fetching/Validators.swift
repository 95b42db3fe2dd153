internal import Curl

/// What makes the next request conditional: kept and sent back byte for byte (RFC 9110 §8.8).
public struct Validators: Hashable, Sendable {
  /// The `ETag`, quotes and `W/` included.
  public var etag: [UInt8]?

  /// The `Last-Modified`, in whatever form it came.
  public var lastModified: [UInt8]?

  /// Creates a pair, either or both of which may be missing.
  public init(etag: [UInt8]? = nil, lastModified: [UInt8]? = nil) {
    self.etag = etag
    self.lastModified = lastModified
  }

  /// Whether there is nothing to send.
  public var isEmpty: Bool { etag == nil && lastModified == nil }

  init(_ headers: HTTPHeaders) {
    etag = Self.kept(headers["etag"])
    lastModified = Self.kept(headers["last-modified"])
  }

  /// A 304 renews what it carries and leaves the rest (RFC 9111 §4.3.4).
  func renewed(by headers: HTTPHeaders) -> Validators {
    let new = Validators(headers)
    return Validators(etag: new.etag ?? etag, lastModified: new.lastModified ?? lastModified)
  }

  /// Control bytes could end a header line and begin another.
  private static func kept(_ value: [UInt8]?) -> [UInt8]? {
    guard let value, !value.isEmpty, value.count <= Limits.validatorBytes,
      value.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
    else { return nil }
    return value
  }
}
