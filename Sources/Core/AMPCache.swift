/// Hosts that keep copies of others' pages for phones; the address of the page stands in the path.
enum AMPCache {
  /// The address, without its scheme, that a path of `host` wraps; nil for any other host or path.
  ///
  /// `n-example.cdn.ampproject.org/c/s/n.example/a` and `google.com/amp/s/n.example/a` are `n.example/a`.
  static func inner(_ host: [UInt8], _ path: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let name = String(decoding: host, as: UTF8.self)
    let isCache = suffixes.contains { name.hasSuffix("." + $0) || name == $0 }
    guard isCache || name.hasPrefix("google.") else { return nil }
    var parts = path.split(separator: UInt8(ascii: "/"))
    guard let kind = parts.first.map({ String(decoding: $0, as: UTF8.self) }),
      isCache ? kinds.contains(kind) : kind == "amp"
    else { return nil }
    parts.removeFirst()
    // An `s` says that the page is fetched by https.
    if parts.first.map(Array.init) == [UInt8(ascii: "s")] { parts.removeFirst() }
    guard let first = parts.first, first.contains(UInt8(ascii: ".")) else { return nil }
    return path[first.startIndex...]
  }

  private static let suffixes = ["cdn.ampproject.org", "bing-amp.com", "ampproject.net"]
  /// Of contents, and of viewers.
  private static let kinds: Set = ["c", "v", "wp"]
}
