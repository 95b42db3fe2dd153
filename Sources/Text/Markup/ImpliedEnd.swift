/// Elements whose end tag may be left out, and what ends them then (HTML, "optional tags").
///
/// Written anew without these ends a text would be another one to a browser: in `<p>a<p>b` the second
/// paragraph does not stand in the first. Elements are bits here, since a text may open hundreds and be
/// made of tags alone.
enum ImpliedEnd {
  /// The bit of an element that is kept; 0 for any other.
  static func bit(of tag: String) -> UInt64 { bits[tag] ?? 0 }

  /// The place in `open` from which on all elements end where the element of `bit` begins; nil for none.
  static func place(before bit: UInt64, in open: [UInt64]) -> Int? {
    guard bit != 0, let rule = rules[bit.trailingZeroBitCount] else { return nil }
    var found: Int?
    for index in open.indices.reversed() {
      if rule.ends & open[index] != 0 { found = index }
      if rule.borders & open[index] != 0 { break }
    }
    return found
  }

  private struct Rule {
    /// What ends.
    let ends: UInt64
    /// What stays open, with all around it.
    let borders: UInt64
  }

  private static let bits: [String: UInt64] = {
    let tags = HTMLNames.kept.sorted()
    precondition(tags.count <= 64, "an element is a bit")
    return Dictionary(uniqueKeysWithValues: tags.enumerated().map { ($1, 1 << UInt64($0)) })
  }()

  /// By the place of the bit of the element that begins.
  private static let rules: [Rule?] = {
    func mask(_ tags: String) -> UInt64 {
      tags.split(separator: " ").reduce(0) { $0 | bit(of: String($1)) }
    }
    var rules = [Rule?](repeating: nil, count: 64)
    func add(_ tags: String, ends: String, within borders: String) {
      let rule = Rule(ends: mask(ends), borders: mask(borders))
      for tag in tags.split(separator: " ") {
        rules[bit(of: String(tag)).trailingZeroBitCount] = rule
      }
    }
    let blocks = HTMLNames.blocks.intersection(HTMLNames.kept).sorted().joined(separator: " ")
    add(blocks, ends: "p", within: "table td th caption")
    add("li", ends: "li p", within: "ul ol table td th caption")
    add("dt dd", ends: "dt dd p", within: "dl table td th caption")
    add("td th", ends: "td th", within: "table tr")
    add("tr", ends: "tr td th caption", within: "table")
    add(
      "thead tbody tfoot caption", ends: "thead tbody tfoot caption tr td th", within: "table")
    add("rt rp", ends: "rt rp", within: "ruby")
    add("a", ends: "a", within: "table td th caption")
    return rules
  }()
}
