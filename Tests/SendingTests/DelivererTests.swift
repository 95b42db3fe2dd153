import Core
import Foundation
import Logging
import Support
import Synchronization
import Testing

@testable import Sending

/// What the log says is due, and what was settled.
private final class Outbox: Sendable {
  struct Crash: Error {}

  struct Books {
    var due: [AlertLine] = []
    var delivered: [Delivery] = []
    var given: [Delivery] = []
    var failures: [String] = []
    var trials: [UInt64: DeliveryTrial] = [:]
    var crashes = false
  }

  let books: Mutex<Books>

  init(_ due: [AlertLine]) {
    books = Mutex(Books(due: due))
  }

  func deliverer(_ outlet: any Outlet, _ severity: Alert.Severity = .info) -> Deliverer {
    var settings = DeliverySettings()
    settings.minSeverity = severity
    return Deliverer(
      outlet, settings, logger: Logger(label: "test"),
      clock: { Date(timeIntervalSince1970: 1_715_837_220) },
      trials: books.withLock { $0.trials }
    ) { limit in
      self.books.withLock { Array($0.due.prefix(limit)) }
    } settle: { delivered, given in
      try self.books.withLock { books in
        if books.crashes { throw Crash() }
        let settled = Set((delivered + given).map(\.alert))
        books.due.removeAll { settled.contains($0.alert.id) }
        books.delivered += delivered
        books.given += given
      }
    } fail: { reason in
      try self.books.withLock { books in
        if books.crashes { throw Crash() }
        books.failures.append(reason)
      }
    } remember: { trials in
      self.books.withLock { $0.trials = trials }
    }
  }
}

/// Answers with what it is told to and remembers what came.
private actor Recorder: Outlet {
  nonisolated let name = "recorder"
  private let outcome: Outcome
  private(set) var batches: [[UInt64]] = []

  init(_ outcome: Outcome) { self.outcome = outcome }

  func send(_ lines: [AlertLine]) async -> Outcome {
    batches.append(lines.map(\.cursor))
    return outcome
  }
}

@Suite("A deliverer") struct DelivererTests {
  @Test func `brings all that is due, in order and in bounded batches`() async throws {
    let outbox = Outbox((1...600).map { AlertFileTests.line($0) })
    let recorder = Recorder(.delivered(receipt: "r"))
    #expect(try await outbox.deliverer(recorder).drain())
    #expect(await recorder.batches.map(\.count) == [256, 256, 88])
    #expect(await recorder.batches.flatMap { $0 } == Array(1...600))
    let delivered = outbox.books.withLock { $0.delivered }
    #expect(delivered.count == 600)
    #expect(delivered.first?.outlet == "recorder" && delivered.first?.detail == "r")
  }

  @Test(arguments: [
    Outcome.retry("down", after: nil), .refused("503", after: nil), .paused("401"),
  ])
  func `settles nothing that was not taken`(outcome: Outcome) async throws {
    let outbox = Outbox([AlertFileTests.line(1)])
    #expect(try await !outbox.deliverer(Recorder(outcome)).drain())
    #expect(outbox.books.withLock { $0.due.count } == 1)
    #expect(outbox.books.withLock { $0.delivered.isEmpty && $0.given.isEmpty })
  }

  @Test func `remembers since when it tries, until the line is through`() async throws {
    let outbox = Outbox([AlertFileTests.line(1)])
    for attempts in 1...2 {
      _ = try await outbox.deliverer(Recorder(.retry("down", after: nil))).drain()
      #expect(outbox.books.withLock { $0.trials[1]?.attempts } == attempts)
    }
    #expect(try await outbox.deliverer(Recorder(.delivered(receipt: nil))).drain())
    #expect(outbox.books.withLock { $0.trials.isEmpty })
    #expect(outbox.books.withLock { $0.delivered.map(\.attempts) } == [3])
  }

  @Test func `says once that the outlet is at fault`() async throws {
    let outbox = Outbox([AlertFileTests.line(1)])
    let deliverer = outbox.deliverer(Recorder(.gone("HTTP 410")))
    outbox.books.withLock { $0.crashes = true }
    // The log had no room for it: it is said with the next failure.
    await #expect(throws: Outbox.Crash.self) { try await deliverer.drain() }
    #expect(outbox.books.withLock { $0.failures.isEmpty })
    outbox.books.withLock { $0.crashes = false }
    let other = outbox.deliverer(Recorder(.paused("HTTP 401")))
    _ = try await other.drain()
    #expect(outbox.books.withLock { $0.failures } == ["HTTP 401"])
  }

  @Test func `gives up what will never get through, and goes on`() async throws {
    let outbox = Outbox([AlertFileTests.line(1)])
    #expect(try await outbox.deliverer(Recorder(.dead("too long"))).drain())
    #expect(outbox.books.withLock { $0.given.map(\.detail) } == ["too long"])
    #expect(outbox.books.withLock { $0.delivered.isEmpty })
  }

  @Test func `does not send what is below the outlet's severity, nor keep it due`() async throws {
    var alert = AlertFileTests.line(2).alert
    alert.severity = .critical
    let outbox = Outbox([AlertFileTests.line(1), AlertLine(alert, cursor: 2)])
    let recorder = Recorder(.delivered(receipt: nil))
    #expect(try await outbox.deliverer(recorder, .critical).drain())
    #expect(await recorder.batches == [[2]])
    #expect(outbox.books.withLock { $0.due.isEmpty })
  }

  @Test func `writes a line once when it crashes before it is settled`() async throws {
    let folder = try TemporaryFolder()
    func file() -> AlertFile { AlertFileTests().file(folder) }
    let outbox = Outbox((1...300).map { AlertFileTests.line($0) })
    outbox.books.withLock { $0.crashes = true }
    await #expect(throws: Outbox.Crash.self) { try await outbox.deliverer(file()).drain() }
    outbox.books.withLock { $0.crashes = false }
    #expect(try await outbox.deliverer(file()).drain())
    #expect(try AlertFileTests().cursors(folder) == (1...300).map { String($0) })
  }
}
