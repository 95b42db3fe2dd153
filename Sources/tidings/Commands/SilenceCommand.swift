import ArgumentParser
import Core
import FoundationEssentials
import Projections
import Rules

/// Holds the lines of rules until a time, ends that, or shows what is held.
struct SilenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence",
    abstract: "Hold the lines of rules until a time; without rules, show the silences in force.",
    discussion: """
      What a silence holds is in the log (`tidings log cat --type alert.held`) and counted in the rule's next
      line.
      Example: tidings silence entity-spike --until 6h --reason "APEC week"
      Example: tidings silence quake --where feed=kumparan --until 2026-12-01 --reason "test run"
      Example: tidings silence tidings.outlet --where outlet=desk --until 30d --expire-if-idle 2d --reason "moving"
      Example: tidings silence --lift 4kq3
      Example: tidings silence
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "Ids of rules.") var rules: [String] = []
  @Option(help: "When it ends: RFC 3339, a date (UTC), or from now (6h).") var until: Ending?
  @Option(help: "Why; it stays in the log.") var reason: String?
  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: """
      Only lines with this value, of their article or of what their rule tells apart: \
      \(ScopeArgument.keys); may be repeated.
      """)
  var scope: [ScopeArgument] = []
  @Option(help: "End it earlier where it held nothing for so long (24h).")
  var expireIfIdle: Length?
  @Option(help: "End the silence with this id, or its beginning.") var lift: String?
  @Flag(help: "The silences in force as JSON Lines.") var json = false

  func validate() throws {
    guard lift == nil, !rules.isEmpty else {
      guard rules.isEmpty, until == nil, reason == nil, scope.isEmpty, expireIfIdle == nil else {
        throw ValidationError(
          lift == nil
            ? "name the rules to silence" : "--lift takes nothing else; leave out the rest")
      }
      return
    }
    guard let until else {
      throw ValidationError("--until: is missing; say when it ends, such as 6h")
    }
    guard until.date > WallClock.now() else {
      throw ValidationError("--until: is past; name a moment to come")
    }
    guard let reason else { throw ValidationError("--reason: is missing; say why in a few words") }
    try SaidText.check(reason, "--reason")
  }

  func run() async throws {
    let configuration = try options.read()
    if let lift { return try await end(lift, configuration.paths) }
    guard let until, let reason else { return try show(configuration.paths) }
    try await set(until.date, reason, configuration)
  }

  private func set(_ until: Date, _ reason: String, _ configuration: Configuration) async throws {
    let known = configuration.rules.rules.map(\.id)
    for rule in rules where !known.contains(rule) {
      throw Failure(
        rule, "is no rule", fix: Suggestion.fix(for: rule, in: known), code: Exit.nothingFound)
    }
    var silence = Silence(
      id: Silence.ID(""), rules: rules,
      scope: Dictionary(scope.map { ($0.key, $0.value) }) { $1 }, until: until, reason: reason,
      by: Person.name, expireIfIdle: expireIfIdle?.duration)
    let words = rules + [JSONWriter.canonical(silence.scope), silence.by]
    let now = Timestamp.text(WallClock.now())
    silence.id = Silence.ID(Digest(of: ["tidings/1", "silence"] + words + [now]).description)
    try await PersonalFact(.silenceSet(silence), configuration.paths).tell(
      done: "\(rules.joined(separator: ", ")) silent until \(Columns.time(until)); "
        + "`tidings silence --lift \(silence.id.rawValue.prefix(8))` ends it")
  }

  private func end(_ prefix: String, _ paths: Paths) async throws {
    let found = try Reading.views(paths).silencesInForce(at: WallClock.now())
      .filter { $0.id.rawValue.hasPrefix(prefix) }
    guard let silence = found.first else {
      throw Failure(
        prefix, "no silence in force has an id that begins so",
        fix: "`tidings silence` shows them", code: Exit.nothingFound)
    }
    guard found.count == 1 else {
      throw Failure(prefix, "begins \(found.count) ids", fix: "give more of it")
    }
    try await PersonalFact(.silenceLifted(silence.id, by: Person.name), paths)
      .tell(done: "\(silence.rules.joined(separator: ", ")) may be heard again")
  }

  private func show(_ paths: Paths) throws {
    var columns = Columns("silence", "rules", "where", "until", "or idle", "by", "reason")
    for silence in try Reading.views(paths).silencesInForce(at: WallClock.now()) {
      if json {
        Terminal.line(document(silence))
      } else {
        let scope = silence.scope.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        columns.add(
          silence.id.rawValue, silence.rules.joined(separator: ","),
          scope.isEmpty ? "-" : scope.joined(separator: ","), Columns.time(silence.until),
          silence.expireIfIdle.map(DurationText.text) ?? "-", silence.by, silence.reason)
      }
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  private func document(_ silence: Silence) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("silence", silence.id.rawValue)
      writer.field("rules", silence.rules)
      writer.key("where")
      writer.strings(silence.scope)
      writer.field("until", silence.until)
      writer.field("reason", silence.reason)
      writer.field("by", silence.by)
      writer.field("expire_if_idle", silence.expireIfIdle.map(DurationText.text))
    }
    return writer.bytes
  }
}

/// The end of something: a moment, or how long from now.
struct Ending: ExpressibleByArgument {
  let date: Date

  init?(argument: String) {
    if let date = Timestamp.moment(argument) {
      self.date = date
    } else if let ahead = DurationText.duration(argument) {
      date = WallClock.now().addingTimeInterval(ahead.seconds)
    } else {
      return nil
    }
  }
}

/// A span of time: `24h`.
struct Length: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = DurationText.duration(argument) else { return nil }
    self.duration = duration
  }
}

/// A value that a line must have: `feed=kumparan`.
struct ScopeArgument: ExpressibleByArgument {
  /// What may be asked, in words.
  static let keys = Silence.scopeKeys.map { $0 + "=" }.joined(separator: ", ")

  let key: String
  let value: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, Silence.scopeKeys.contains(parts[0]) else { return nil }
    (key, value) = (parts[0], parts[1])
  }
}
