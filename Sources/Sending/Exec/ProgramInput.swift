import Core

/// What a program of an operator gets of a line: JSON on standard input, and an environment made from
/// nothing, so that no text of a feed can look like an option or a command.
struct ProgramInput: Hashable, Sendable {
  /// Bytes of a value in the environment.
  static let valueLimit = 4 << 10

  /// One line of JSON.
  let bytes: [UInt8]
  /// `NAME=value`, sorted by no order but this.
  let environment: [String]

  init(_ bundle: Bundle, home: String) {
    let values = MessageValues(bundle)
    let names: [(String, MessageName)] = [
      ("ID", .id), ("ALERT_ID", .alert_id), ("CURSOR", .cursor), ("RULE", .rule),
      ("SEVERITY", .severity), ("STATE", .state), ("REASON", .reason), ("AT", .at),
      ("FEED", .source), ("STORY", .story), ("TITLE", .title), ("URL", .url), ("WHY", .why),
    ]
    environment =
      ["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=\(home)"]
      + names.map { name, value in
        let limit = TextLimit.utf8(Self.valueLimit)
        return "TIDINGS_\(name)=\(values[value].escaped(.plain, limit, limit.count))"
      }
    bytes = bundle.lines.flatMap { $0.bytes + [0x0A] }
  }
}
