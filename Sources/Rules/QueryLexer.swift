import Core

/// A query cut into brackets, quoted texts and runs of other characters.
struct QueryLexer {
  enum Token: Hashable {
    case open
    case close
    case quoted(String)
    case run(String)
  }

  struct Lexeme: Hashable {
    var token: Token
    /// In Unicode scalars of the query, from 0.
    var offset: Int
    /// Whether it stands directly behind the one before.
    var isJoined: Bool
  }

  /// Bytes of one query.
  static let sizeLimit = 64 << 10

  /// The pieces of the scalar that `node` is; faults are told in the file's lines and columns.
  static func lexemes(_ text: String, in node: ConfigNode) throws(Fault) -> [Lexeme] {
    guard text.utf8.count <= sizeLimit else {
      throw Fault(
        node.place, "query of over 64 KB", fix: "split the rule or use a list", code: "E119")
    }
    var lexer = QueryLexer(scalars: Array(text.unicodeScalars.map(straight)), node: node)
    try lexer.run()
    return lexer.found
  }

  private let scalars: [Unicode.Scalar]
  private let node: ConfigNode
  private var place = 0
  private var found: [Lexeme] = []

  private init(scalars: [Unicode.Scalar], node: ConfigNode) {
    self.scalars = scalars
    self.node = node
  }

  /// Curly quotes and full-width brackets mean the plain ones.
  private static func straight(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "“", "”", "„": "\""
    case "（": "("
    case "）": ")"
    default: scalar
    }
  }

  private mutating func run() throws(Fault) {
    var wasSpace = true
    while place < scalars.count {
      let scalar = scalars[place]
      let isSpace = scalar.properties.isWhitespace
      if isSpace {
        place += 1
      } else if scalar == "#", wasSpace, place + 1 == scalars.count || scalars[place + 1] == " " {
        while place < scalars.count, scalars[place] != "\n" { place += 1 }
      } else {
        try take(scalar, isJoined: !wasSpace)
      }
      wasSpace = isSpace
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar, isJoined: Bool) throws(Fault) {
    let start = place
    let token: Token
    switch scalar {
    case "(": token = .open
    case ")": token = .close
    case "\"": token = .quoted(try quoted())
    default:
      token = .run(run(from: start))
      place -= 1
    }
    place += 1
    found.append(Lexeme(token: token, offset: start, isJoined: isJoined))
  }

  /// The text between quotes; `place` ends at the closing one.
  private mutating func quoted() throws(Fault) -> String {
    let start = place
    place += 1
    while place < scalars.count, scalars[place] != "\"" { place += 1 }
    guard place < scalars.count else {
      throw Fault(
        node.place(atScalar: start), "quote opened here is not closed", fix: "add \"", code: "E115")
    }
    return String(String.UnicodeScalarView(scalars[start + 1..<place]))
  }

  private mutating func run(from start: Int) -> String {
    while place < scalars.count, !scalars[place].properties.isWhitespace,
      !"()\"".unicodeScalars.contains(scalars[place])
    {
      place += 1
    }
    return String(String.UnicodeScalarView(scalars[start..<place]))
  }
}
