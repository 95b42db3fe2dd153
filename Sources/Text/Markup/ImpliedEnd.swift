/// Elements whose end tag may be left out, and what ends them then (HTML, "optional tags").
///
/// Written anew without these ends a text would be another one to a browser: in `<p>a<p>b` the second
/// paragraph does not stand in the first.
enum ImpliedEnd {
  /// The place in `open` from which on all elements end where `tag` begins; nil for none.
  static func place(before tag: String, in open: [String]) -> Int? {
    guard let rule = rules[tag] else { return nil }
    var found: Int?
    for index in open.indices.reversed() {
      if rule.ends.contains(open[index]) { found = index }
      if rule.borders.contains(open[index]) { break }
    }
    return found
  }

  private struct Rule {
    /// What ends.
    let ends: Set<String>
    /// What stays open, with all around it.
    let borders: Set<String>
  }

  private static let table: Set<String> = ["table"]
  private static let cells: Set<String> = ["td", "th"]
  private static let sections: Set<String> = ["thead", "tbody", "tfoot", "caption"]
  private static let paragraphs = Rule(ends: ["p"], borders: table.union(cells).union(["caption"]))

  private static let rules: [String: Rule] = {
    var rules: [String: Rule] = [:]
    for tag in HTMLNames.blocks.union(["li"]) { rules[tag] = paragraphs }
    let around = paragraphs.borders
    rules["li"] = Rule(ends: ["li", "p"], borders: around.union(["ul", "ol"]))
    for tag in ["dt", "dd"] {
      rules[tag] = Rule(ends: ["dt", "dd", "p"], borders: around.union(["dl"]))
    }
    for tag in cells { rules[tag] = Rule(ends: cells, borders: table.union(["tr"])) }
    rules["tr"] = Rule(ends: cells.union(["tr", "caption"]), borders: table)
    for tag in sections {
      rules[tag] = Rule(ends: cells.union(sections).union(["tr"]), borders: table)
    }
    for tag in ["rt", "rp"] { rules[tag] = Rule(ends: ["rt", "rp"], borders: ["ruby"]) }
    rules["a"] = Rule(ends: ["a"], borders: around)
    return rules
  }()
}
