/// What stands for a name in a message: untrusted until it is escaped.
enum MessageValue: Hashable, Sendable {
  case text(String)
  /// An http or https address, its own escapes made; only entities are left to do.
  case address(String)
  /// Texts on lines of their own.
  case lines([String])

  var isEmpty: Bool {
    switch self {
    case .text(let text), .address(let text): text.isEmpty
    case .lines(let lines): lines.isEmpty
    }
  }

  /// The value escaped for `dialect`, at most `room` long, cut at a character's end; an address is whole
  /// or not there.
  func escaped(_ dialect: Dialect, _ limit: TextLimit, _ room: Int) -> String {
    switch self {
    case .text(let text): return Self.cut(text, dialect, limit, room)
    case .address(let text):
      let isMarked = dialect == .slack || dialect == .html
      let address =
        isMarked
        ? text.split(separator: "&", omittingEmptySubsequences: false)
          .joined(separator: "&amp;") : text
      return limit.length(address) <= room ? address : ""
    case .lines(let lines):
      var text = ""
      for line in lines {
        let start = text.isEmpty ? "" : dialect.lineBreak
        let left = room - limit.length(text) - limit.length(start)
        guard left > 0 else { break }
        text += start + Self.cut(line, dialect, limit, left)
      }
      return text
    }
  }

  private static func cut(
    _ text: String, _ dialect: Dialect, _ limit: TextLimit, _ room: Int
  ) -> String {
    var cut = ""
    var used = 0
    for character in text {
      let escaped = character.unicodeScalars.map(dialect.escape).joined()
      used += limit.length(escaped)
      guard used <= room else { break }
      cut += escaped
    }
    return cut
  }
}
