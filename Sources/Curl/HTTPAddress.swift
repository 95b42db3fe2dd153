internal import CCurl

/// An http or https address, read by the same parser that will connect.
///
/// Two parsers that disagree on where the host ends are how checks are evaded; so libcurl's own
/// reads what a feed, an operator or a `Location` says, and only what it understood is kept.
public struct HTTPAddress: Hashable, Sendable {
  /// The whole address, percent-encoded, without fragment.
  public let text: String

  /// `http` or `https`.
  public let scheme: String

  /// The host in lower case; an IPv6 literal stands in brackets.
  public let host: String

  /// The port, the scheme's own if none was written.
  public let port: Int

  /// The path, from its slash, without the query.
  public let path: String

  /// Reads an absolute address.
  ///
  /// - Throws: `request` if it is no http or https address; `refusedAddress` for a port that
  ///   belongs to another protocol.
  public init(_ text: String) throws(CurlError) {
    self = try Self.read(Array(text.utf8), from: nil)
  }

  /// The address a `Location` of an answer from here leads to (RFC 9110 §10.2.2).
  ///
  /// A user and password in it are dropped.
  ///
  /// - Throws: as ``init(_:)``; an empty `location` is no address.
  public func resolving(_ location: [UInt8]) throws(CurlError) -> HTTPAddress {
    try Self.read(location, from: self)
  }

  /// Scheme, host and port: who is trusted, and with what.
  public var origin: String { "\(scheme)://\(host):\(port)" }

  /// What a request asks its host for: path and query (RFC 9112 §3.2.1).
  public var target: String {
    let end = text.firstIndex(of: "#") ?? text.endIndex
    return path + (text[..<end].firstIndex(of: "?").map { String(text[$0..<end]) } ?? "")
  }

  /// The address without user and password, for messages.
  public var display: String {
    guard let at = text.firstIndex(of: "@"), let start = text.firstRange(of: "://") else {
      return text
    }
    let path = text[start.upperBound...].firstIndex { $0 == "/" || $0 == "?" }
    guard path.map({ at < $0 }) ?? true else { return text }
    return String(text[..<start.upperBound] + text[text.index(after: at)...])
  }
}

extension HTTPAddress {
  private static func read(
    _ bytes: [UInt8], from base: HTTPAddress?
  ) throws(CurlError) -> HTTPAddress {
    guard !bytes.isEmpty else { throw CurlError(.request, "the address is empty") }
    guard bytes.count <= Limits.addressBytes else {
      throw CurlError(.request, "the address is too long")
    }
    guard !bytes.contains(0) else { throw CurlError(.request, "the address contains a NUL") }
    guard let parser = unsafe curl_url() else { throw CurlError(.system, "out of memory") }
    defer { unsafe curl_url_cleanup(parser) }
    let parts = unsafe AddressParts(parser)
    if let base { try parts.set(CURLUPART_URL, Array(base.text.utf8)) }
    try parts.set(CURLUPART_URL, bytes)
    try parts.clear(CURLUPART_FRAGMENT)
    if base != nil {
      try parts.clear(CURLUPART_USER)
      try parts.clear(CURLUPART_PASSWORD)
    }
    return try HTTPAddress(parts)
  }

  private init(_ parts: AddressParts) throws(CurlError) {
    scheme = try parts.get(CURLUPART_SCHEME).lowercased()
    guard scheme == "http" || scheme == "https" else {
      throw CurlError(.request, "'\(scheme):' is not followed; only http and https are")
    }
    host = try parts.get(CURLUPART_HOST).lowercased()
    guard !host.isEmpty else { throw CurlError(.request, "the address has no host") }
    let written = try parts.get(CURLUPART_PORT, flags: UInt32(CURLU_DEFAULT_PORT))
    guard let port = Int(written), (1...65535).contains(port) else {
      throw CurlError(.request, "the port of the address is not 1 to 65535")
    }
    guard !Self.foreignPorts.contains(port) else {
      throw CurlError(.refusedAddress, "port \(port) belongs to another protocol")
    }
    self.port = port
    path = try parts.get(CURLUPART_PATH)
    text = try parts.get(CURLUPART_URL)
  }

  /// Ports that a fetch must not reach (WHATWG Fetch, "bad port").
  private static let foreignPorts: Set<Int> = [
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
    103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
    512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
    995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
    6669, 6679, 6697, 10080,
  ]
}

extension HTTPAddress: CustomStringConvertible {
  public var description: String { display }
}

/// libcurl's parsed address, while it is being read.
@safe private struct AddressParts {
  private let parser: OpaquePointer

  init(_ parser: OpaquePointer) {
    unsafe self.parser = unsafe parser
  }

  func set(_ part: CURLUPart, _ bytes: [UInt8]) throws(CurlError) {
    let text = bytes.map { CChar(bitPattern: $0) } + [0]
    try check(unsafe curl_url_set(parser, part, text, UInt32(CURLU_URLENCODE)))
  }

  func clear(_ part: CURLUPart) throws(CurlError) {
    try check(unsafe curl_url_set(parser, part, nil, 0))
  }

  func get(_ part: CURLUPart, flags: UInt32 = 0) throws(CurlError) -> String {
    var text: UnsafeMutablePointer<CChar>?
    try check(unsafe curl_url_get(parser, part, &text, flags))
    guard let text = unsafe text else { return "" }
    defer { unsafe curl_free(text) }
    return unsafe String(cString: text)
  }

  private func check(_ code: CURLUcode) throws(CurlError) {
    guard code != CURLUE_OK else { return }
    let words = unsafe String(cString: curl_url_strerror(code))
    throw CurlError(code == CURLUE_OUT_OF_MEMORY ? .system : .request, "bad address: \(words)")
  }
}
