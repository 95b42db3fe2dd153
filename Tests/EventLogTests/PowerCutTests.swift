import Foundation
import Support
import Testing

@testable import EventLog

/// What was asked of a log and what it said, to be held against what it has after a crash.
private struct Model {
  /// What stands at each position for certain.
  var certain: [Int] = []
  /// Appends that may be there, whole, or not: the log said so, or the power went.
  var open: [[Int]] = []
  /// What was refused; none of it may ever be there.
  var refused: Set<Int> = []
  var next = 1

  /// Takes what a log has after a crash for certain.
  ///
  /// - Returns: what is wrong with it; nil if nothing is.
  mutating func recover(_ found: [Int]) -> String? {
    guard found.starts(with: certain) else { return "lost or changed: \(certain) became \(found)" }
    var rest = found.dropFirst(certain.count)
    while let first = rest.first {
      guard let batch = open.first(where: { $0.first == first }), rest.starts(with: batch) else {
        return "not a whole append at \(first): \(rest)"
      }
      rest = rest.dropFirst(batch.count)
    }
    guard Set(found).count == found.count else { return "doubled: \(found)" }
    guard refused.isDisjoint(with: found) else { return "refused, and there: \(found)" }
    (certain, open) = (found, [])
    return nil
  }
}

@Suite("A log over power cuts and failing disks") struct PowerCutTests {
  /// More of them than a change is tested with: `TIDINGS_SEEDS=100000 swift test --filter PowerCut`.
  static let seeds =
    ProcessInfo.processInfo.environment["TIDINGS_SEEDS"].flatMap(Int.init) ?? 500

  @Test func `has what it acknowledged, in order and whole, and nothing it refused`() async throws {
    for seed in 0..<Self.seeds {
      if let fault = try await live(seed: UInt64(seed)) {
        Issue.record("seed \(seed): \(fault)")
        return
      }
    }
  }

  /// Five lives of one log; the seed decides what is appended, what fails and when each life ends.
  private func live(seed: UInt64) async throws -> String? {
    var random = SeededGenerator(seed: seed)
    var folder = SimulatedFolder(seed: seed)
    folder.options.segmentSize = UInt64.random(in: 1_000...8_000, using: &random)
    var model = Model()
    for _ in 0..<5 {
      folder.disk.plan.power = Int.random(in: 1...120, using: &random)
      folder.disk.plan.faultEvery = [0, 0, 20, 60].randomElement(using: &random) ?? 0
      if let log = try? folder.open() { try await work(log, &model, &random) }
      folder.disk.plan.faultEvery = 0
      Bool.random(using: &random) ? folder.disk.cutPower() : folder.disk.endProcess()
      let log = try folder.open()
      if let fault = model.recover(try await log.numbers()) { return fault }
      if let finding = try await log.verify({ _, _ in }).first { return "\(finding)" }
      if Bool.random(using: &random) { try await log.close() }
    }
    return nil
  }

  /// Appends one to three batches at once until the log takes no more, or enough.
  private func work(
    _ log: SegmentedLog, _ model: inout Model, _ random: inout SeededGenerator
  ) async throws {
    for _ in 0..<12 {
      let batches = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        let count = Int.random(in: 1...5, using: &random)
        defer { model.next += count }
        return Array(model.next..<model.next + count)
      }
      let padding = Int.random(in: 0...900, using: &random)
      let outcomes = await Self.append(batches, padding: padding, to: log)
      let good = outcomes.compactMap { try? $0.outcome.get().lowerBound }.sorted()
      for first in good {
        for outcome in outcomes {
          guard case .success(let range) = outcome.outcome, range.lowerBound == first else {
            continue
          }
          guard Int(first.rawValue) == model.certain.count + 1 else {
            Issue.record("acknowledged at \(first), not behind \(model.certain.count)")
            continue
          }
          model.certain += outcome.numbers
        }
      }
      for outcome in outcomes {
        guard case .failure(let error) = outcome.outcome else { continue }
        if case .unknown = error {
          model.open.append(outcome.numbers)
        } else {
          model.refused.formUnion(outcome.numbers)
        }
      }
      if outcomes.contains(where: { (try? $0.outcome.get()) == nil }) { return }
    }
  }

  private struct Outcome: Sendable {
    var numbers: [Int]
    var outcome: Result<Range<Position>, EventLogError>
  }

  private static func append(
    _ batches: [[Int]], padding: Int, to log: SegmentedLog
  ) async -> [Outcome] {
    await withTaskGroup(of: Outcome.self) { group in
      for numbers in batches {
        group.addTask {
          do throws(EventLogError) {
            let range = try await log.append(
              numbers.map { record($0, padding: padding) }, to: .alerts, at: now)
            return Outcome(numbers: numbers, outcome: .success(range))
          } catch {
            return Outcome(numbers: numbers, outcome: .failure(error))
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test func `is there with its folder, and so is what it cut off, once it serves`() async throws {
    for seed in 0..<40 {
      let folder = SimulatedFolder(seed: UInt64(seed))
      try await folder.open().add(1..<2)
      folder.disk.cutPower()
      #expect(try await folder.open().numbers() == [1], "seed \(seed)")
      let path = folder.segments[0]
      let torn = folder.copy { $0[path]!.append(7) }
      // The power goes at any call of the opening; the tail is in the segment or kept.
      for call in 0..<40 {
        let copy = torn.copy { _ in }
        copy.disk.plan.power = call
        _ = try? copy.open()
        copy.disk.cutPower()
        let isKept = copy.names(in: "torn").contains { copy.disk.image[$0] == [7] }
        #expect(isKept || copy.disk.image[path] == torn.disk.image[path], "call \(call)")
      }
    }
  }

  @Test func `keeps what it acknowledged in a segment that a dead process had only begun`()
    async throws
  {
    for call in 0..<120 {
      var folder = SimulatedFolder(seed: UInt64(call))
      folder.options.segmentSize = 500
      folder.disk.plan.power = call
      if let log = try? folder.open() {
        for number in 1..<5 { _ = try? await log.add(number..<number + 1, padding: 300) }
      }
      // The machine goes on, so its names look as if they were on the disk.
      folder.disk.endProcess()
      try await folder.open().add(9..<10)
      folder.disk.cutPower()
      #expect(try await folder.open().numbers().last == 9, "call \(call)")
    }
  }

  @Test func `takes nothing more after a sync has failed, and shows only what the disk has`()
    async throws
  {
    for seed in 0..<40 {
      let folder = SimulatedFolder(seed: UInt64(seed))
      let log = try folder.open()
      try await log.add(1..<2)
      folder.disk.plan.syncFails = true
      await #expect { try await log.add(2..<9, padding: 400) } throws: {
        if case .unknown? = $0 as? EventLogError { true } else { false }
      }
      folder.disk.plan.syncFails = false
      await #expect(throws: EventLogError.closed) { try await log.add(9..<10) }
      // What is durable stays readable; a subscription says that no more will come.
      var batches = log.subscribe(from: .origin).makeAsyncIterator()
      #expect(try await batches.next()?.map(\.number) == [1])
      await #expect(throws: EventLogError.closed) { try await batches.next() }
      // The same process image could still read the pages that never came to the disk.
      let again = try folder.open()
      let found = try await again.numbers()
      #expect(found == [1] || found == Array(1..<9), "seed \(seed)")
      folder.disk.cutPower()
      #expect(try await folder.open().numbers() == found, "seed \(seed)")
    }
  }
}
