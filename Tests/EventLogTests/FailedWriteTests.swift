import Foundation
import Testing

@testable import EventLog

@Suite("A log whose writes fail") struct FailedWriteTests {
  let folder = SimulatedFolder()

  private func expectUnknown(_ log: SegmentedLog) async {
    await #expect {
      try await log.add(2..<5, padding: 400)
    } throws: { error in
      if case .unknown? = error as? EventLogError { true } else { false }
    }
    await #expect(throws: EventLogError.closed) { try await log.add(9..<10) }
  }

  /// EIO, EROFS, EBADF.
  @Test(arguments: [5, 30, 9] as [Int32])
  func `takes nothing more where it is not for want of room`(code: Int32) async throws {
    let log = try folder.open()
    try await log.add(1..<2)
    folder.disk.plan.writesFail = code
    await expectUnknown(log)
    folder.disk.plan.writesFail = nil
    await #expect(throws: EventLogError.closed) { try await log.add(9..<10) }
    #expect(try await log.numbers() == [1])
    #expect(try await folder.open().numbers() == [1])
  }

  @Test(arguments: [true, false])
  func `takes nothing more where half a batch cannot be taken back`(cuts: Bool) async throws {
    let log = try folder.open()
    try await log.add(1..<2)
    folder.disk.plan.room = 700
    (folder.disk.plan.truncateFails, folder.disk.plan.syncFails) = (cuts, !cuts)
    await expectUnknown(log)
    (folder.disk.plan.truncateFails, folder.disk.plan.syncFails) = (false, false)
    folder.disk.plan.room = .max
    #expect(try await folder.open().numbers() == [1])
  }

  @Test func `shows no reader what was not synced`() async throws {
    let log = try folder.open()
    try await log.add(1..<2)
    let reader = try folder.reader()
    folder.disk.plan.syncFails = true
    await expectUnknown(log)
    // The bytes are in the file already.
    #expect(try #require(folder.disk.image[folder.segments[0]]).count > 1_200)
    #expect(try await reader.numbers() == [1])
    #expect(try await log.numbers() == [1])
  }

  @Test func `is told, and goes on, where only its watermark finds no room`() async throws {
    let warned = Warnings()
    let log = try folder.open { warned.add($0) }
    try await log.add(1..<2)
    let reader = try folder.reader()
    folder.disk.plan.room = Frame.size(payload: record(2).payload.count)
    try await log.add(2..<3)
    #expect(warned.all.count == 1)
    #expect(try await log.numbers() == [1, 2])
    #expect(try await reader.numbers() == [1])
    folder.disk.plan.room = .max
    try await log.add(3..<4)
    #expect(try await reader.numbers() == [1, 2, 3])
  }

  @Test func `is told, and goes on, where only an index cannot be written`() async throws {
    let warned = Warnings()
    let log = try folder.open { warned.add($0) }
    try await log.add(1..<2)
    folder.disk.plan.unwritable = ".idx.tmp"
    try await log.seal()
    try await log.add(2..<3)
    #expect(warned.all.count == 1)
    #expect(folder.disk.image["/log/" + SegmentIndex.name(SegmentHeader.name(1))] == nil)
    try await log.close()
    folder.disk.plan.unwritable = nil
    #expect(try await folder.open().numbers() == [1, 2])
  }

  @Test(.timeLimit(.minutes(1)))
  func `syncs its watermark by itself, so that a disk that lies is found`() async throws {
    var folder = SimulatedFolder()
    folder.options.watermarkDelay = .zero
    let log = try folder.open()
    let before = folder.disk.plan.syncs
    try await log.add(1..<2)
    while folder.disk.plan.syncs < before + 2 { await Task.yield() }
    // The disk keeps what it was told to, except for the record.
    folder.disk.cutPower()
    let path = folder.segments[0]
    let lied = folder.copy { $0[path] = Array($0[path]!.prefix(64)) }
    #expect { try lied.open() } throws: { "\($0)".contains("acknowledged records up to 1") }
  }
}
