public import Core
import Text

extension Query {
  /// Reads the query that the scalar `node` holds.
  ///
  /// - Throws: the first fault, with line and column in the file and what to do.
  public init(_ node: ConfigNode) throws(Fault) {
    self = try Query.read(node).query
  }

  /// The same, and where each of its terms stands, in scalars of the text, in the order of ``all``.
  static func read(_ node: ConfigNode) throws(Fault) -> (query: Query, offsets: [Int]) {
    guard let text = node.text else {
      throw Fault(node.place, "expected a query, found \(node.kind)", fix: "write words")
    }
    var parser = QueryParser(lexemes: try QueryLexer.lexemes(text, in: node), node: node)
    let query = try parser.query()
    return (query, parser.offsets)
  }
}

/// Reads a query by recursive descent; depth and number of terms are bounded.
struct QueryParser {
  static let depthLimit = 32
  static let termLimit = 4_096

  private let lexemes: [QueryLexer.Lexeme]
  private let node: ConfigNode
  private var place = 0
  private var depth = 0
  /// Where the words of each term stand that was read.
  private(set) var offsets: [Int] = []

  init(lexemes: [QueryLexer.Lexeme], node: ConfigNode) {
    self.lexemes = lexemes
    self.node = node
  }

  mutating func query() throws(Fault) -> Query {
    guard !lexemes.isEmpty else {
      throw Fault(node.place, "empty query", fix: "write words to look for", code: "E106")
    }
    let query = try expression()
    if let next = peek { throw fault(next.offset, "unexpected )", "remove it", "E101") }
    return query
  }

  // MARK: Levels

  /// Items joined by AND or by OR, never by both.
  private mutating func expression() throws(Fault) -> Query {
    var items = [try item()]
    var joiner: String?
    while let next = peek, next.token != .close {
      guard case .run(let word) = next.token, word == "AND" || word == "OR" else {
        throw fault(
          next.offset, "two words without an operator", "write \"a b\" or a AND b", "E112")
      }
      if let joiner, joiner != word {
        let fix = "write (a AND b) OR c or a AND (b OR c)"
        throw fault(next.offset, "AND and OR mixed without parentheses", fix, "E102")
      }
      joiner = word
      place += 1
      guard let following = peek, following.token != .close else {
        throw fault(
          next.offset, "\(word) without a right side", "complete it or remove \(word)", "E113")
      }
      items.append(try item())
    }
    guard items.count > 1 else { return items[0] }
    return joiner == "AND" ? .all(items) : .any(items)
  }

  private mutating func item() throws(Fault) -> Query {
    guard let next = peek, next.token == .run("NOT") else { return try near() }
    place += 1
    if let second = peek, second.token == .run("NOT") {
      throw fault(second.offset, "NOT NOT", "remove both", "E105")
    }
    guard peek != nil else {
      throw fault(next.offset, "NOT without a right side", "complete it or remove NOT", "E113")
    }
    return .not(try near())
  }

  private mutating func near() throws(Fault) -> Query {
    let start = peek?.offset ?? 0
    let left = try atom()
    guard let (offset, nearness) = try takeNearness() else { return left }
    guard peek != nil else {
      throw fault(offset, "NEAR without a right side", "complete it or remove NEAR", "E113")
    }
    let right = try atom()
    if let (second, _) = try takeNearness() {
      throw fault(second, "NEAR is not chained", "write (a NEAR/5 b) NEAR/5 c", "E118")
    }
    for side in [left, right] where !side.hasSpans {
      let fix = "move the rest out"
      throw fault(start, "NEAR and SAME take words, entity:, list:, OR and NEAR", fix, "E109")
    }
    return .near(left, nearness, right)
  }

  /// A NEAR, ONEAR or SAME that comes next.
  private mutating func takeNearness() throws(Fault) -> (Int, Query.Nearness)? {
    guard let next = peek, case .run(let word) = next.token else { return nil }
    let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    switch parts[0] {
    case "NEAR", "ONEAR":
      guard parts.count == 2, let count = Int(parts[1]), (1...99).contains(count) else {
        throw fault(
          next.offset, "\(parts[0]) needs a number from 1 to 99", "write \(parts[0])/8", "E104")
      }
      place += 1
      return (next.offset, .words(count, inOrder: parts[0] == "ONEAR"))
    case "SAME" where parts.count == 2:
      guard let nearness = ["sentence": Query.Nearness.sentence, "paragraph": .paragraph][parts[1]]
      else { throw fault(next.offset, "unknown \(word)", "write SAME/sentence", "E104") }
      place += 1
      return (next.offset, nearness)
    default: return nil
    }
  }

  // MARK: Atoms

  private mutating func atom() throws(Fault) -> Query {
    guard let next = peek else {
      throw fault(0, "a word is missing at the end", "write it", "E113")
    }
    place += 1
    switch next.token {
    case .open: return try group(openedAt: next.offset)
    case .close: throw fault(next.offset, "nothing before )", "write a word", "E113")
    case .quoted(let text):
      return try term(text, quotedAt: next.offset, isExact: false, next.offset)
    case .run(let word): return try atom(word, next.offset)
    }
  }

  private mutating func group(openedAt offset: Int) throws(Fault) -> Query {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw fault(offset, "nested deeper than \(Self.depthLimit)", "split the rule", "E119")
    }
    let inner = try expression()
    guard let next = peek, next.token == .close else {
      let place = node.place(atScalar: offset)
      let end = lexemes.last?.offset ?? offset
      throw fault(end, "( opened at \(place.line):\(place.column) is not closed", "add )", "E101")
    }
    place += 1
    return inner
  }

  private mutating func atom(_ word: String, _ offset: Int) throws(Fault) -> Query {
    if ["AND", "OR"].contains(word) {
      throw fault(offset, "\(word) without a left side", "complete it or remove \(word)", "E113")
    }
    if word.hasPrefix("ATLEAST/") { return try atLeast(word, offset) }
    if word.hasPrefix("-"), word.count > 1 {
      let rest = word.dropFirst()
      throw fault(offset, "a leading - is no operator", "write NOT \(rest)", "E116")
    }
    if word.hasPrefix("/"), word.count > 1 {
      let fix = "use word*, a list or NEAR"
      throw fault(offset, "regular expressions are not supported", fix, "E117")
    }
    if word == "=", let quote = joinedQuote() {
      return try term(quote.text, quotedAt: quote.offset, isExact: true, offset)
    }
    guard let colon = word.firstIndex(of: ":"), colon != word.startIndex else {
      return try bare(word, offset)
    }
    let name = String(word[..<colon])
    let rest = String(word[word.index(after: colon)...])
    return try named(name, rest, offset)
  }

  private mutating func bare(_ word: String, _ offset: Int) throws(Fault) -> Query {
    let isExact = word.hasPrefix("=")
    let text = isExact ? String(word.dropFirst()) : word
    return try term(text, quotedAt: nil, isExact: isExact, offset)
  }

  private mutating func atLeast(_ word: String, _ offset: Int) throws(Fault) -> Query {
    guard let count = Int(word.dropFirst(8)), (1...50).contains(count) else {
      throw fault(offset, "ATLEAST needs a number from 1 to 50", "write ATLEAST/3(a OR b)", "E104")
    }
    guard let next = peek, next.token == .open, next.isJoined else {
      throw fault(offset, "ATLEAST needs parentheses", "write ATLEAST/\(count)(a OR b)", "E104")
    }
    place += 1
    let inner = try group(openedAt: next.offset)
    guard inner.hasSpans else {
      let what = "ATLEAST takes words, entity:, list:, OR and NEAR"
      throw fault(offset, what, "move the rest out", "E109")
    }
    return .atLeast(count, inner)
  }

  // MARK: Fields and filters

  private mutating func named(
    _ name: String, _ rest: String, _ offset: Int
  ) throws(Fault) -> Query {
    if let field = Query.Field(rawValue: name) { return try scoped(field, rest, offset) }
    if name == "list" {
      guard !rest.isEmpty else {
        throw fault(offset, "list: without a name", "write list:x", "E114")
      }
      return .list(rest)
    }
    if let filter = Query.Filter(rawValue: name) {
      return .filter(filter, try values(name, rest, offset))
    }
    // A word may hold a colon (12:30); what looks like a field is one that is misspelt.
    guard name.allSatisfy({ $0.isLowercase && $0.isASCII }) else {
      return try bare(name + ":" + rest, offset)
    }
    let known =
      Query.Field.allCases.map(\.rawValue) + Query.Filter.allCases.map(\.rawValue) + ["list"]
    let fix = Suggestion.nearest(to: name, in: known).map { "did you mean \($0)" }
    throw fault(
      offset, "unknown field '\(name)'", fix ?? "known are \(known.joined(separator: ", "))", "E103"
    )
  }

  private mutating func scoped(
    _ field: Query.Field, _ rest: String, _ offset: Int
  ) throws(Fault) -> Query {
    // title:title:… goes as deep as parentheses do.
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw fault(offset, "nested deeper than \(Self.depthLimit)", "split the rule", "E119")
    }
    let inner: Query
    if !rest.isEmpty, rest != "=" {
      inner = try atom(rest, offset + field.rawValue.count + 1)
    } else if let quote = joinedQuote() {
      inner = try term(quote.text, quotedAt: quote.offset, isExact: rest == "=", offset)
    } else if let next = peek, next.token == .open, next.isJoined {
      place += 1
      inner = try group(openedAt: next.offset)
    } else {
      throw fault(
        offset, "\(field.rawValue): without a word", "write \(field.rawValue):word", "E113")
    }
    guard !inner.hasFilter else {
      throw fault(
        offset, "a filter other than entity: inside \(field.rawValue):( )", "put it outside", "E120"
      )
    }
    return .scoped(field, inner)
  }

  /// One value, or several in parentheses with OR between.
  private mutating func values(
    _ name: String, _ rest: String, _ offset: Int
  ) throws(Fault) -> [String] {
    if !rest.isEmpty { return [rest] }
    if let quote = joinedQuote() { return [quote.text] }
    guard let next = peek, next.token == .open, next.isJoined else {
      throw fault(offset, "\(name): without a value", "write \(name):value", "E113")
    }
    place += 1
    var values = [try value()]
    while let lexeme = peek {
      place += 1
      if lexeme.token == .close { return values }
      guard lexeme.token == .run("OR") else {
        throw fault(lexeme.offset, "values without OR between", "write \(name):(a OR b)", "E112")
      }
      values.append(try value())
    }
    throw fault(next.offset, "( opened here is not closed", "add )", "E101")
  }

  /// One value in the parentheses of a filter; a word of the language must be quoted.
  private mutating func value() throws(Fault) -> String {
    let next = peek
    place += 1
    switch next?.token {
    case .quoted(let text): return text
    case .run(let text) where !["AND", "OR", "NOT"].contains(text): return text
    default:
      throw fault(
        (next ?? lexemes[lexemes.count - 1]).offset, "expected a value", "write (a OR b)", "E113")
    }
  }

  // MARK: Terms

  /// `quotedAt`: where its quote opens, which may be behind `offset`, where it begins.
  private mutating func term(
    _ text: String, quotedAt quote: Int?, isExact: Bool, _ offset: Int
  ) throws(Fault) -> Query {
    offsets.append(quote.map { $0 + 1 } ?? offset + (isExact ? 1 : 0))
    guard offsets.count <= Self.termLimit else {
      let what = "too large (\(offsets.count) terms)"
      throw fault(offset, what, "split the rule or use a list", "E119")
    }
    let term = Query.Term(text: text, isExact: isExact, isQuoted: quote != nil)
    do {
      _ = try term.phrase()
    } catch {
      throw fault(offset, error.what, error.fix, error.code)
    }
    return .term(term)
  }

  // MARK: Parts

  private var peek: QueryLexer.Lexeme? { place < lexemes.count ? lexemes[place] : nil }

  /// A quoted text that stands directly behind what was read.
  private mutating func joinedQuote() -> (text: String, offset: Int)? {
    guard let next = peek, next.isJoined, case .quoted(let text) = next.token else { return nil }
    place += 1
    return (text, next.offset)
  }

  private func fault(
    _ offset: Int, _ what: String, _ fix: String, _ code: String
  ) -> Fault {
    Fault(node.place(atScalar: offset), what, fix: fix, code: code)
  }
}
