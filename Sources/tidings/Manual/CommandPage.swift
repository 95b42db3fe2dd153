import Core

/// A command's page of the manual, from what its `--help` says.
struct CommandPage {
  /// With blanks, as it is typed.
  let name: String
  let command: JSONValue

  /// The pages of `command` and of all below it, the outermost first.
  static func all(_ command: JSONValue, under parents: [String] = []) -> [CommandPage] {
    let names = parents + [command["commandName"]?.string ?? ""]
    let page = CommandPage(name: names.joined(separator: " "), command: command)
    return [page] + page.subcommands.flatMap { all($0, under: names) }
  }

  /// The name of its file, without the section.
  var file: String { name.replacing(" ", with: "-") }

  var text: String {
    var roff = Roff(file, section: 1)
    roff.heading("Name")
    let abstract = command["abstract"]?.string ?? ""
    roff.paragraph([.plain("\(file) - \(Self.asName(abstract))")])
    roff.heading("Synopsis")
    roff.paragraph(synopsis)
    describe(&roff)
    list(arguments.filter { $0["kind"]?.string == "positional" }, "Arguments", &roff)
    list(arguments.filter { $0["kind"]?.string != "positional" }, "Options", &roff)
    commands(&roff)
    examples(&roff)
    roff.heading("See also")
    roff.paragraph([
      .literal("tidings"), .plain("(1), "), .literal("tidings.yaml"), .plain("(5), "),
      .literal("tidings"), .plain("(7)"),
    ])
    return roff.text
  }

  /// A sentence as the line of an index.
  private static func asName(_ sentence: String) -> String {
    let text = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  private var subcommands: [JSONValue] {
    (command["subcommands"]?.array ?? []).filter {
      isShown($0) && $0["commandName"]?.string != "help"
    }
  }

  private var arguments: [JSONValue] { (command["arguments"]?.array ?? []).filter(isShown) }

  private func isShown(_ part: JSONValue) -> Bool { part["shouldDisplay"]?.bool ?? true }

  private var synopsis: [Roff.Span] {
    var spans: [Roff.Span] = [.literal(name)]
    if !subcommands.isEmpty { spans += [.plain(" "), .value("command"), .plain(" ...")] }
    for argument in arguments where argument["names"] == nil || Self.isOwn(argument) {
      let isOptional = argument["isOptional"]?.bool ?? true
      let dots = argument["isRepeating"]?.bool == true ? " ..." : ""
      spans.append(.plain(isOptional ? " [" : " "))
      spans += tag(argument)
      spans.append(.plain(dots + (isOptional ? "]" : "")))
    }
    return spans
  }

  /// Whether an option is the command's own, not one that every command has.
  private static func isOwn(_ argument: JSONValue) -> Bool {
    let names = argument["names"]?.array?.compactMap { $0["name"]?.string } ?? []
    return !names.contains("help") && !names.contains("version")
  }

  /// As it is typed: all its names, and what its value is called.
  private func tag(_ argument: JSONValue) -> [Roff.Span] {
    let value = argument["valueName"]?.string ?? "value"
    guard let names = argument["names"]?.array else { return [.value(value)] }
    var spans: [Roff.Span] = []
    for name in names {
      if !spans.isEmpty { spans.append(.plain(", ")) }
      let dashes = name["kind"]?.string == "long" ? "--" : "-"
      spans.append(.literal(dashes + (name["name"]?.string ?? "")))
    }
    return argument["kind"]?.string == "flag" ? spans : spans + [.plain(" "), .value(value)]
  }

  private func list(_ arguments: [JSONValue], _ title: String, _ roff: inout Roff) {
    guard !arguments.isEmpty else { return }
    roff.heading(title)
    for argument in arguments {
      let words = argument["abstract"]?.string ?? ""
      let usual = argument["defaultValue"]?.string.map { " Default: \($0)." } ?? ""
      roff.entry(tag(argument), [.plain(words + usual)])
    }
  }

  private func commands(_ roff: inout Roff) {
    guard !subcommands.isEmpty else { return }
    roff.heading("Commands")
    for command in subcommands {
      let name = "\(file)-\(command["commandName"]?.string ?? "")"
      roff.entry([.literal(name), .plain("(1)")], [.plain(command["abstract"]?.string ?? "")])
    }
  }

  private var discussion: [Substring] {
    (command["discussion"]?.string ?? "").split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static let mark = "Example: "

  private func describe(_ roff: inout Roff) {
    roff.heading("Description")
    roff.paragraph([.plain(command["abstract"]?.string ?? "")])
    let lines = discussion.filter { !$0.hasPrefix(Self.mark) }
    for part in lines.split(separator: "") {
      roff.paragraph([.plain(part.joined(separator: " "))])
    }
  }

  private func examples(_ roff: inout Roff) {
    let lines = discussion.filter { $0.hasPrefix(Self.mark) }
    guard !lines.isEmpty else { return }
    roff.heading("Examples")
    roff.code(lines.map { String($0.dropFirst(Self.mark.count)) })
  }
}
