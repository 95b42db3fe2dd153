/// What a `robots.txt` allows us: RFC 9309, the Robots Exclusion Protocol.
///
/// Of the groups for our own name all count, else those for everybody. The rule whose path is longest decides, and of
/// two as long the one that allows. `*` in a path stands for anything, `$` at its end for the end of the address.
public struct RobotsRules: Hashable, Sendable {
  private struct Rule: Hashable, Sendable {
    var isAllowed: Bool
    var path: [UInt8]
  }

  /// Bytes that are read, as the RFC asks at least (section 2.5).
  private static let limit = 500 << 10
  private static let ruleLimit = 5_000
  /// Bytes compared for one address: a file that costs more allows nothing.
  private static let costLimit = 2_000_000

  /// Allows all, as where there is no such file.
  public static let open = RobotsRules(rules: [])
  /// Allows nothing, as where the server is in trouble (section 2.3.1.4).
  public static let closed = RobotsRules(rules: [Rule(isAllowed: false, path: [0x2F])])

  private var rules: [Rule]

  private init(rules: [Rule]) {
    self.rules = rules
  }

  /// Reads what `document` says to `product`, the name that we go by in lower case.
  public init(_ document: [UInt8], for product: String) {
    var (own, common): ([Rule], [Rule]) = ([], [])
    var hasOwn = false
    var agents: [String] = []
    var isNaming = false
    for (field, value) in Self.lines(document.prefix(Self.limit)) {
      guard field != "user-agent" else {
        if !isNaming { agents = [] }
        isNaming = true
        agents.append(Self.product(value))
        hasOwn = hasOwn || agents.last == product
        continue
      }
      guard field == "allow" || field == "disallow" else { continue }
      isNaming = false
      // An empty path says nothing.
      guard !value.isEmpty else { continue }
      let rule = Rule(isAllowed: field == "allow", path: Self.normal(value))
      if agents.contains(product), own.count < Self.ruleLimit { own.append(rule) }
      if agents.contains("*"), common.count < Self.ruleLimit { common.append(rule) }
    }
    rules = hasOwn ? own : common
  }

  /// Whether the address with this path, its query behind, may be asked for.
  public func allows(_ path: String) -> Bool {
    let path = Self.normal(path[...])
    if path == Array("/robots.txt".utf8) { return true }
    var best: (length: Int, isAllowed: Bool) = (-1, true)
    var cost = 0
    for rule in rules where Self.matches(rule.path, path, &cost) {
      let length = rule.path.count
      if length > best.length || length == best.length && rule.isAllowed {
        best = (length, rule.isAllowed)
      }
    }
    return best.isAllowed && cost < Self.costLimit
  }

  // MARK: Reading

  private static func lines(_ document: ArraySlice<UInt8>) -> [(field: String, value: Substring)] {
    let text = String(decoding: document, as: UTF8.self)
    let start = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    return start.split(whereSeparator: \.isNewline).compactMap { line in
      let line = line.prefix { $0 != "#" }
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (trimmed(line[..<colon]).lowercased(), trimmed(line[line.index(after: colon)...]))
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let rest = text.drop { $0.isWhitespace }
    return rest.prefix(
      upTo: rest.lastIndex { !$0.isWhitespace }.map(rest.index(after:)) ?? rest.startIndex)
  }

  /// The product token of a name, without a version or what stands behind it.
  private static func product(_ name: Substring) -> String {
    name == "*" ? "*" : name.prefix { $0.isLetter || $0 == "_" || $0 == "-" }.lowercased()
  }

  /// A path with what is beyond ASCII written out, and what need not be escaped unescaped (section 2.2.2).
  private static func normal(_ path: Substring) -> [UInt8] {
    var output: [UInt8] = []
    let bytes = Array(path.utf8)
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let byte = UInt8(
          String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
      {
        append(byte, isEscaped: true, to: &output)
        place += 3
      } else {
        append(bytes[place], isEscaped: false, to: &output)
        place += 1
      }
    }
    return output
  }

  private static func append(_ byte: UInt8, isEscaped: Bool, to output: inout [UInt8]) {
    let isPlain =
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
      default: false
      }
    if isPlain || !isEscaped && byte < 0x80 { return output.append(byte) }
    let digits = Array("0123456789ABCDEF".utf8)
    output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// Whether `pattern` stands at the beginning of `path`; the last star that was met is all that is gone back to.
  private static func matches(_ pattern: [UInt8], _ path: [UInt8], _ cost: inout Int) -> Bool {
    let isWhole = pattern.last == UInt8(ascii: "$")
    let pattern = isWhole ? pattern.dropLast() : pattern[...]
    var (at, place) = (0, 0)
    var star: (at: Int, place: Int)?
    while cost < costLimit {
      cost += 1
      if at == pattern.count, !isWhole || place == path.count { return true }
      if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
        star = (at + 1, place)
        at += 1
      } else if at < pattern.count, place < path.count, pattern[at] == path[place] {
        (at, place) = (at + 1, place + 1)
      } else if let last = star, last.place < path.count {
        star = (last.at, last.place + 1)
        (at, place) = (last.at, last.place + 1)
      } else {
        return false
      }
    }
    return false
  }
}
