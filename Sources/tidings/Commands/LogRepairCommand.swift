import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Projections

/// Fences damage in, so that a log opens again.
struct LogRepairCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Keep damaged segments aside and put placeholders for the records that are lost.",
    discussion: """
      Only what `tidings log verify` finds is touched, and each damaged file stays whole in log/quarantine/.
      A backup that has the records is better: see `tidings restore`. The daemon must be stopped; the views
      are made again at its next start.
      Example: tidings log repair --quarantine
      """)

  @OptionGroup var options: ConfigurationOption

  @Flag(help: "Yes, write damaged segments anew.")
  var quarantine = false

  func validate() throws {
    guard quarantine else {
      throw ValidationError("say --quarantine to have damaged segments written anew")
    }
  }

  func run() async throws {
    let paths = try options.read().paths
    // First the views: killed in between, they would hold what the log has lost.
    let repaired = try Maintenance(paths.log).repair(at: WallClock.now()) {
      try Views.remove(paths.views)
    }
    guard !repaired.isEmpty else { return Terminal.line("nothing is damaged") }
    for segment in repaired {
      Terminal.line("\(segment.segment): \(segment.lost.count) records lost")
      guard segment.hasNewIdentity else { continue }
      Terminal.line(
        "\(segment.segment): its header was made anew, and the log has a new identity; "
          + "name another folder for its next backup")
    }
    try await record(repaired, in: paths.log)
  }

  /// Appends `log.repaired` for each segment that has none, as after a kill in between.
  private func record(_ repaired: [Repaired], in folder: String) async throws {
    let log = try SegmentedLog.open(folder, now: WallClock.now())
    let known = try await recorded(in: log)
    let events = repaired.map {
      Event(at: $0.at, .logRepaired(segment: $0.segment, lost: $0.lost.count))
    }
    try await log.append(
      events.filter { !known.contains($0.id) }, to: .daemon, at: WallClock.now())
    try await log.noteRepairsRecorded()
    try await log.close()
  }

  /// The ids of all `log.repaired` that the log has.
  private func recorded(in log: SegmentedLog) async throws -> Set<Digest> {
    var known: Set<Digest> = []
    try await log.forEachBatch { records in
      for record in records where record.kind == EventKind.logRepaired.rawValue {
        if let event = try Event(of: record) { known.insert(event.id) }
      }
    }
    return known
  }
}
