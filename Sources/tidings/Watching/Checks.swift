import Core
import EventLog
import FoundationEssentials
import Projections
import Serving

/// What must hold for the daemon to be well, and what for it to do its work.
///
/// Feeds that fail, a lost network and a refused reload are neither: they are figures and alerts.
struct Checks: Sendable {
  /// Seconds by which views may be behind the log.
  static let longestLag = 60.0

  let paths: Paths
  let facts: GuardedLog
  let views: Views
  let projector: Projector
  let vitals: Vitals

  /// Holds while the watchdog gets its sign.
  var healthy: [Check] {
    let stalls = vitals.stalls.map(\.description)
    return [Check("loops", fault: stalls.isEmpty ? nil : stalls.joined(separator: ", "))]
  }

  /// Holds while the log takes appends and the views follow.
  func ready(at now: Date) async -> [Check] {
    healthy + [Check("log", fault: logFault), Check("views", fault: await viewsFault(now))]
  }

  private var logFault: String? {
    if let pause = facts.pause { return "\(pause)" }
    do {
      try SegmentedLog.checkRoom(for: paths.log, isPaused: false)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func viewsFault(_ now: Date) async -> String? {
    do {
      let lag = try Figures.lag(of: views, end: try await facts.end.rawValue - 1, at: now)
      guard lag.seconds > Self.longestLag else { return nil }
      return "\(lag.records) records behind, the last one folded is \(Int(lag.seconds)) s old"
    } catch {
      return "\(error)"
    }
  }
}
