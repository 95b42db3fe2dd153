import Dispatch

/// Runs the log's work in order on a thread of its own.
///
/// A sync blocks for as long as the disk takes; on the cooperative pool it would hold up every other
/// task of the program.
final class LogExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "tidings.log", qos: .userInitiated)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  func checkIsolated() {
    dispatchPrecondition(condition: .onQueue(queue))
  }

  /// Runs `work` behind what waits already.
  func later(_ work: @escaping @Sendable () -> Void) {
    queue.async(execute: work)
  }
}
