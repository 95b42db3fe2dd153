import Core

/// A text with `{{names}}` in it, parsed once, before there is any data.
///
/// `{{#x}}…{{/x}}` shows its inside where x is not empty; nothing else exists. What was put in is never
/// read again, so that a title with braces stays a title.
public struct Template: Hashable, Sendable {
  /// What can be wrong with a template.
  public struct Fault: Error, Hashable, Sendable {
    public var what: String
    public var fix: String
  }

  indirect enum Part: Hashable, Sendable {
    case literal(String)
    case name(MessageName)
    case section(MessageName, [Part])
  }

  let parts: [Part]

  /// Reads a template.
  ///
  /// - Throws: what is wrong with it, for a person.
  public init(_ text: String) throws(Fault) {
    var rest = text[...]
    parts = try Self.parts(&rest, inside: nil)
  }

  /// Words without any names in them.
  public init(literal: String) {
    parts = literal.isEmpty ? [] : [.literal(literal)]
  }

  /// Whether only `id` stands in it, as headers and addresses want it.
  public var holdsOnlyID: Bool { Self.holdsOnlyID(parts) }

  private static func holdsOnlyID(_ parts: [Part]) -> Bool {
    parts.allSatisfy { part in
      switch part {
      case .literal: true
      case .name(let name): name == .id
      case .section: false
      }
    }
  }

  private static func parts(
    _ rest: inout Substring, inside open: MessageName?
  ) throws(Fault) -> [Part] {
    var parts: [Part] = []
    while let start = rest.firstRange(of: "{{") {
      if start.lowerBound > rest.startIndex {
        parts.append(.literal(String(rest[..<start.lowerBound])))
      }
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: "}}") else {
        throw Fault(what: "{{ is not closed", fix: "add }}")
      }
      let tag = rest[..<end.lowerBound]
      rest = rest[end.upperBound...]
      if tag.first == "/" {
        guard let open, tag.dropFirst() == open.rawValue else {
          throw Fault(what: "{{\(tag)}} closes nothing", fix: "remove it")
        }
        return parts
      }
      let isSection = tag.first == "#"
      let name = try name(isSection ? tag.dropFirst() : tag)
      parts.append(
        isSection ? .section(name, try Self.parts(&rest, inside: name)) : .name(name))
    }
    if let open {
      throw Fault(what: "{{#\(open.rawValue)}} is not closed", fix: "add {{/\(open.rawValue)}}")
    }
    if !rest.isEmpty { parts.append(.literal(String(rest))) }
    return parts
  }

  private static func name(_ text: Substring) throws(Fault) -> MessageName {
    guard let name = MessageName(rawValue: String(text)) else {
      let known = MessageName.allCases.map(\.rawValue)
      throw Fault(
        what: "unknown name '\(text)' in a template",
        fix: Suggestion.fix(for: String(text), in: known))
    }
    return name
  }
}

// MARK: - Filling in

extension Template {
  /// The text with values in it, each escaped for `dialect`, cut so that the whole keeps to `limit`.
  func filled(_ values: MessageValues, _ dialect: Dialect, _ limit: TextLimit) -> String {
    var room = limit.count - Self.literals(parts, values).reduce(0) { $0 + limit.length($1) }
    var text = ""
    Self.fill(parts, values, dialect, limit, &room, &text)
    return text
  }

  /// The template's own words, of sections that are shown.
  private static func literals(_ parts: [Part], _ values: MessageValues) -> [String] {
    parts.flatMap { part -> [String] in
      switch part {
      case .literal(let text): [text]
      case .name: []
      case .section(let name, let inside): values[name].isEmpty ? [] : literals(inside, values)
      }
    }
  }

  private static func fill(
    _ parts: [Part], _ values: MessageValues, _ dialect: Dialect, _ limit: TextLimit,
    _ room: inout Int, _ text: inout String
  ) {
    for part in parts {
      switch part {
      case .literal(let literal): text += literal
      case .name(let name):
        let value = values[name].escaped(dialect, limit, room)
        room -= limit.length(value)
        text += value
      case .section(let name, let inside):
        if !values[name].isEmpty { fill(inside, values, dialect, limit, &room, &text) }
      }
    }
  }
}
