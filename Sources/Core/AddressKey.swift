/// What two addresses of one article have in common.
///
/// Another scheme, `www.`, a port, a tracking parameter, a fragment, an AMP page or a last slash makes no
/// other article. The key is compared, never shown or asked. Made for every article, hence on bytes.
public enum AddressKey {
  /// The key of an http or https address; of any other, the address itself.
  public static func of(_ url: String) -> String {
    var rest = Array(url.utf8)[...]
    guard let scheme = schemes.first(where: { starts(rest, with: $0) }) else {
      // What has no scheme was written as if it had.
      return url.utf8.contains(UInt8(ascii: ":")) ? url : String(decoding: key(rest), as: UTF8.self)
    }
    rest.removeFirst(scheme.count)
    return String(decoding: key(rest), as: UTF8.self)
  }

  /// Of an address without its scheme.
  private static func key(_ written: ArraySlice<UInt8>, isInside: Bool = false) -> [UInt8] {
    let hash = written.firstIndex(of: UInt8(ascii: "#")) ?? written.endIndex
    let address = written[..<hash]
    let mark = address.firstIndex(of: UInt8(ascii: "?")) ?? address.endIndex
    let slash = address[..<mark].firstIndex(of: UInt8(ascii: "/")) ?? mark
    let host = HostKey.of(address[..<slash])
    if !isInside, let inner = AMPCache.inner(host, address[slash...]) {
      return key(inner, isInside: true)
    }
    var key = host + path(address[slash..<mark])
    let query = TrackingParameter.without(address[mark...].dropFirst())
      .sorted { $0.lexicographicallyPrecedes($1) }
    if !query.isEmpty { key += [UInt8(ascii: "?")] + query.joined(separator: [UInt8(ascii: "&")]) }
    // Applications in one page name their articles behind the hash.
    if let first = written[hash...].dropFirst().first, "!/".utf8.contains(first) {
      key += written[hash...]
    }
    return key
  }

  /// Without dot segments (RFC 3986 §5.2.4), empty ones, and endings that only name a form of the page.
  private static func path(_ written: ArraySlice<UInt8>) -> [UInt8] {
    var path: [UInt8] = []
    path.reserveCapacity(written.count)
    for segment in written.split(separator: slash) {
      switch segment {
      case [UInt8(ascii: ".")]: continue
      case [UInt8(ascii: "."), UInt8(ascii: ".")]: removeLast(from: &path)
      default:
        path.append(slash)
        path += segment
      }
    }
    while let last = path.lastIndex(of: slash), endings.contains(Array(path[(last + 1)...])) {
      path.removeSubrange(last...)
    }
    return path
  }

  private static func removeLast(from path: inout [UInt8]) {
    if let last = path.lastIndex(of: slash) { path.removeSubrange(last...) }
  }

  private static let slash = UInt8(ascii: "/")

  private static func starts(_ text: ArraySlice<UInt8>, with prefix: [UInt8]) -> Bool {
    text.count >= prefix.count && zip(text, prefix).allSatisfy { $0.asciiLower == $1 }
  }

  private static let schemes = ["https://", "http://", "//"].map { Array($0.utf8) }
  private static let endings = Set(["amp", "index.html", "index.php"].map { Array($0.utf8) })
}

extension UInt8 {
  /// A letter of ASCII in lower case; any other byte as it is.
  var asciiLower: UInt8 {
    (0x41...0x5A).contains(self) ? self | 0x20 : self
  }
}
