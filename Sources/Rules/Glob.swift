/// Patterns over addresses: `*` stands for any run of characters.
enum Glob {
  /// Host and path of `url`: without scheme, `www.`, query and fragment.
  static func address(_ url: String) -> String {
    bare(url).lowercased()
  }

  /// `text` as an operator writes it, less what no address has: one copied whole means the same.
  static func pattern(_ text: String) -> String {
    bare(text)
  }

  private static func bare(_ text: String) -> String {
    var rest = text[...]
    if let scheme = rest.range(ofText: "://") { rest = rest[scheme.upperBound...] }
    if rest.prefix(4).lowercased() == "www." { rest = rest.dropFirst(4) }
    return String(rest.prefix { $0 != "?" && $0 != "#" })
  }

  /// Whether all of `text` matches; linear but for one step back a star.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let pattern = Array(pattern.lowercased().utf8)
    let text = Array(text.utf8)
    var (p, t) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        star = (p + 1, t)
        p += 1
      } else if p < pattern.count, pattern[p] == text[t] {
        (p, t) = (p + 1, t + 1)
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        (p, t) = (last.pattern, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

extension Substring {
  fileprivate func range(ofText text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
