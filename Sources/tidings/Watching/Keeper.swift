import Core
import FoundationEssentials
import Logging

/// Tells the service manager how the daemon stands: ready, its status, and that its loops go on.
struct Keeper: Sendable {
  /// How often the status is made anew.
  private static let pause = Duration.seconds(10)

  let vitals: Vitals
  let logger: Logger
  /// Returns once everything listens that is to listen.
  let listening: @Sendable () async throws -> Void
  let status: @Sendable () async throws -> String

  /// Says that the daemon is ready once it is, then tells of it until cancelled.
  func run() async throws {
    do {
      try await listening()
      try await keep()
    } catch is CancellationError {
      Notify.stopping("finishing what is under way")
    }
  }

  private func keep() async throws {
    var last = try await status()
    Notify.ready(last)
    // systemd wants a sign within its time: a third of it leaves room for two that come late.
    let pause = Notify.watchdogTime.map { min($0 / 3, Self.pause) } ?? Self.pause
    var stalls: Set<String> = []
    var lookedAt = ContinuousClock.now
    while true {
      look(&stalls)
      try await Task.sleep(for: pause)
      guard Notify.isHeard, ContinuousClock.now - lookedAt >= Self.pause else { continue }
      lookedAt = .now
      let new = try await status()
      if new != last { Notify.status(new) }
      last = new
    }
  }

  /// Gives the watchdog its sign only where every loop goes on; says once what does not, and once that it does.
  private func look(_ known: inout Set<String>) {
    let stalls = vitals.stalls
    if stalls.isEmpty { Notify.watchdog() }
    for stall in stalls where known.insert(stall.loop).inserted {
      logger.error(
        "A loop stands still; the watchdog gets no sign", metadata: ["loop": "\(stall)"])
    }
    for loop in known.subtracting(stalls.map(\.loop)).sorted() {
      known.remove(loop)
      logger.notice("A loop goes on again", metadata: ["loop": "\(loop)"])
    }
  }
}
