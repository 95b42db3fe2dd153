import Core
import EventLog
import Fetching
import FoundationEssentials
import Projections
import Rules
import Sending
import Serving

/// Gathers what `/metrics` tells.
struct Figures: Sendable {
  /// What is in force, and since when.
  struct InForce: Sendable {
    var rules: [Rule.Mode]
    var loadedAt: Date
    var isRefused: Bool
  }

  let start: Date
  let paths: Paths
  let log: SegmentedLog
  let views: Views
  let poller: Poller
  let outlets: [(name: String, deliverer: Deliverer)]
  let vitals: Vitals
  let tally: Tally

  /// All figures as they are at `now`.
  func metrics(_ inForce: InForce, at now: Date) async throws -> Metrics {
    var metrics = Metrics()
    metrics.add(
      .build, 1, [("version", Tidings.version), ("swift", Self.compiler)])
    metrics.add(.start, start.timeIntervalSince1970)
    tally.tell(&metrics)
    add(await poller.standing(), at: now, &metrics)
    try await addLog(at: now, &metrics)
    add(inForce, &metrics)
    for (name, deliverer) in outlets {
      try add(name, isFailing: await deliverer.isFailing, at: now, &metrics)
    }
    addProcess(&metrics)
    return metrics
  }

  private func add(_ polls: PollStanding, at now: Date, _ metrics: inout Metrics) {
    for (state, count) in polls.states { metrics.add(.feeds, Double(count), [("state", state)]) }
    metrics.add(.pollsDue, Double(polls.due))
    metrics.add(.pollsInFlight, Double(polls.inFlight))
    metrics.add(.pollLag, max(0, polls.oldestDue.map { now.timeIntervalSince($0) } ?? 0))
    metrics.add(.sitesPaused, Double(polls.pausedSites), [("reason", "asked")])
    metrics.add(.sitesPaused, Double(polls.spentSites), [("reason", "budget")])
    metrics.add(.networkUp, polls.isNetworkUp ? 1 : 0)
  }

  private func addLog(at now: Date, _ metrics: inout Metrics) async throws {
    let statistics = try await log.statistics()
    metrics.add(.logRecords, Double(statistics.records))
    metrics.add(.logBytes, Double(statistics.bytes))
    if let disk = ProcessFigures.disk(paths.log) {
      metrics.add(.diskFree, disk.free)
      metrics.add(.diskSize, disk.size)
    }
    // Views move together; the label leaves room for some that do not.
    let all = [(name: "view", value: "all")]
    let lag = try Self.lag(of: views, end: statistics.records, at: now)
    metrics.add(.projectionLagRecords, Double(lag.records), all)
    metrics.add(.projectionLag, lag.seconds, all)
    let bytes = ["", "-wal"].compactMap { suffix in
      try? FileManager.default.attributesOfItem(atPath: paths.views + suffix)[.size] as? Int
    }
    metrics.add(.viewsBytes, Double(bytes.reduce(0, +)), all)
  }

  /// How far the views are behind a log that ends with record `end`.
  static func lag(
    of views: Views, end: UInt64, at now: Date
  ) throws -> (records: UInt64, seconds: Double) {
    let checkpoint = try views.checkpoint
    let records = end - min(end, checkpoint.position.rawValue)
    let age = max(0, now.timeIntervalSince(checkpoint.logTime))
    return (records, records == 0 ? 0 : age)
  }

  private func add(_ inForce: InForce, _ metrics: inout Metrics) {
    for mode in Rule.Mode.allCases {
      let count = inForce.rules.count { $0 == mode }
      metrics.add(.rules, Double(count), [("state", mode.rawValue)])
    }
    metrics.add(.reloadSuccess, inForce.isRefused ? 0 : 1)
    metrics.add(.loaded, inForce.loadedAt.timeIntervalSince1970)
  }

  private func add(
    _ outlet: String, isFailing: Bool, at now: Date, _ metrics: inout Metrics
  ) throws {
    let waiting = try views.waiting(for: outlet)
    let label = [(name: "outlet", value: outlet)]
    metrics.add(.outletLagLines, Double(waiting.lines), label)
    let age = waiting.oldest.map { max(0, now.timeIntervalSince($0)) }
    metrics.add(.outletLag, age ?? 0, label)
    metrics.add(.outletState, isFailing ? 0 : 1, label)
  }

  private func addProcess(_ metrics: inout Metrics) {
    for (loop, date) in vitals.lastBeats {
      metrics.add(.loopStep, date.timeIntervalSince1970, [("loop", loop)])
    }
    let process = ProcessFigures.now()
    metrics.add(.processCPU, process.cpu)
    metrics.add(.processMemory, Double(process.residentBytes))
    metrics.add(.processFiles, Double(process.openFiles))
    metrics.add(.processFileLimit, process.fileLimit)
  }

  /// The compiler that made the program, as far as it tells.
  private static var compiler: String {
    #if compiler(>=6.4)
      "6.4"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }
}
