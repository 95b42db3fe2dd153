import Dispatch
import Foundation
import Testing

@testable import EventLog

@Suite("Appends that arrive together") struct GroupCommitTests {
  /// Runs all on one thread in order, so that what is handed to it later begins only when what came before
  /// waits at the log.
  private final class OneThread: TaskExecutor {
    let queue = DispatchQueue(label: "test")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }

  /// The ranges that appends of `sizes` bytes got which all waited when the log's thread came free.
  private static func together(
    _ log: SegmentedLog, _ padding: [Int]
  ) async throws -> [Range<Position>] {
    let (gate, thread) = (DispatchSemaphore(value: 0), OneThread())
    log.later { _ in gate.wait() }
    let tasks = padding.enumerated().map { number, padding in
      Task(executorPreference: thread) { try await log.add(number..<number + 1, padding: padding) }
    }
    thread.queue.async { gate.signal() }
    var ranges: [Range<Position>] = []
    for task in tasks { ranges.append(try await task.value) }
    return ranges
  }

  @Test func `share one sync, and keep their places`() async throws {
    let folder = SimulatedFolder()
    let log = try folder.open()
    let before = folder.disk.plan.syncs
    let ranges = try await Self.together(log, Array(repeating: 10, count: 20))
    #expect(folder.disk.plan.syncs == before + 1)
    #expect(ranges.map(\.lowerBound.rawValue) == Array(1...20))
    #expect(try await log.numbers() == Array(0..<20))
    // One batch: without a part of it nothing of it is there.
    let path = folder.segments[0]
    let torn = folder.copy {
      $0[path]!.removeLast()
      $0["/log/durable"] = []
    }
    #expect(try await torn.open().numbers() == [])
  }

  @Test func `share no more than four mebibytes, and one batch at a time is on its way`()
    async throws
  {
    let folder = SimulatedFolder()
    let log = try folder.open()
    let before = folder.disk.plan.syncs
    _ = try await Self.together(log, Array(repeating: (2 << 20) - 200, count: 5))
    #expect(folder.disk.plan.syncs == before + 3)
    #expect(folder.disk.plan.mostUnsynced <= 4 << 20)
    #expect(try await log.numbers() == Array(0..<5))
  }

  @Test func `fail together where the sync does`() async throws {
    let folder = SimulatedFolder()
    let log = try folder.open()
    folder.disk.plan.syncFails = true
    await #expect {
      _ = try await Self.together(log, [1, 1, 1])
    } throws: { error in
      if case .unknown? = error as? EventLogError { true } else { false }
    }
    await #expect(throws: EventLogError.closed) { try await log.add(9..<10) }
  }
}
