import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Projections

/// Asks for lines to be sent again.
struct DeliverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver",
    abstract: "Send lines to an outlet again, dead letters too.",
    discussion: """
      The daemon must be stopped; at its next start the lines go out with the same keys as before.
      Example: tidings deliver --outlet desk --since 24h
      Example: tidings deliver --outlet desk --dead
      """)

  @OptionGroup var options: ConfigurationOption

  @Option(help: "The outlet, as the configuration calls it.")
  var outlet: String

  @Option(help: "All lines for it since then: RFC 3339, a date, or how long ago.")
  var since: Moment?

  @Flag(help: "Its dead letters.")
  var dead = false

  @Argument(help: "Alerts, as their lines name them.")
  var alerts: [String] = []

  func validate() throws {
    guard since != nil || dead || !alerts.isEmpty else {
      throw ValidationError("say which: --since, --dead, or alerts")
    }
  }

  func run() async throws {
    let configuration = try options.read(readsSecrets: false)
    try check(configuration)
    let paths = configuration.paths
    let log = try await Reading.writableLog(paths)
    let found = try await find(in: log)
    guard !found.isEmpty else {
      Terminal.tell("no such line for '\(outlet)'")
      throw Exit.nothingFound
    }
    let now = WallClock.now()
    let request = Event(
      at: now, .deliveryRequested(outlet: outlet, alerts: found, by: Person.name))
    try await log.append([request], to: .people, at: now)
    try await log.close()
    Terminal.line("\(found.count) alerts go to \(outlet) again")
  }

  private func check(_ configuration: Configuration) throws {
    guard let settings = configuration.outlets.first(where: { $0.name == outlet }) else {
      let names = configuration.outlets.map(\.name)
      throw Failure(
        configuration.file, "no outlet '\(outlet)'", fix: Suggestion.fix(for: outlet, in: names))
    }
    guard settings.kind != .jsonl else {
      throw Failure(
        configuration.paths.alerts, "a line stands there once", fix: "name another outlet")
    }
  }

  /// The alerts asked for, in the order of their first lines.
  private func find(in log: SegmentedLog) async throws -> [Alert.ID] {
    var (raised, wanted): ([Alert.ID], Set<Alert.ID>) = ([], Set(alerts.map { Alert.ID($0) }))
    var letters: Set<Alert.ID> = []
    try await log.forEachBatch { records in
      for event in try records.compactMap(Event.init(of:)) {
        switch event.fact {
        case .alertRaised(let alert, _) where alert.outlets.contains(outlet),
          .alertChanged(let alert, _) where alert.outlets.contains(outlet):
          if alert.number == 0 { raised.append(alert.id) }
          if let since, alert.at >= since.date { wanted.insert(alert.id) }
        case .alertDelivered(let delivery) where delivery.outlet == outlet:
          letters.remove(delivery.alert)
        case .alertUndeliverable(let delivery) where delivery.outlet == outlet:
          letters.insert(delivery.alert)
        default: break
        }
      }
    }
    if dead { wanted.formUnion(letters) }
    return raised.filter { wanted.contains($0) }
  }
}
