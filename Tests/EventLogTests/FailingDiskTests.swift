import Foundation
import Synchronization
import Testing

@testable import EventLog

/// The real disk, which can be told to fail and counts its syncs.
final class FailingDisk: Disk {
  struct Plan {
    var syncFails = false
    /// Bytes after which a write finds the disk full.
    var room = Int.max
    var free: UInt64 = 1 << 40
    var syncs = 0
  }

  let plan = Mutex(Plan())
  private let disk = LinuxDisk()

  func open(_ path: String, creates: Bool) throws(EventLogError) -> Int32 {
    try disk.open(path, creates: creates)
  }
  func close(_ file: Int32) { disk.close(file) }
  func write(_ bytes: [UInt8], to file: Int32, at offset: UInt64) throws(EventLogError) {
    let room = plan.withLock { $0.room }
    guard bytes.count > room else { return try disk.write(bytes, to: file, at: offset) }
    try disk.write(Array(bytes[..<room]), to: file, at: offset)
    throw .io(call: "pwrite", path: "segment", errno: ENOSPC)
  }
  func read(_ file: Int32, at offset: UInt64, count: Int) throws(EventLogError) -> [UInt8] {
    try disk.read(file, at: offset, count: count)
  }
  func sync(_ file: Int32) throws(EventLogError) {
    let fails = plan.withLock { plan in
      plan.syncs += 1
      return plan.syncFails
    }
    if fails { throw .io(call: "fdatasync", path: "segment", errno: EIO) }
    try disk.sync(file)
  }
  func syncFolder(_ path: String) throws(EventLogError) { try disk.syncFolder(path) }
  func truncate(_ file: Int32, to size: UInt64) throws(EventLogError) {
    try disk.truncate(file, to: size)
  }
  func size(of file: Int32) throws(EventLogError) -> UInt64 { try disk.size(of: file) }
  func names(in folder: String) throws(EventLogError) -> [String] { try disk.names(in: folder) }
  func rename(_ old: String, to new: String) throws(EventLogError) {
    try disk.rename(old, to: new)
  }
  func makeFolder(_ path: String) throws(EventLogError) { try disk.makeFolder(path) }
  func free(at path: String) throws(EventLogError) -> UInt64 { plan.withLock { $0.free } }
}

@Suite("An event log on a failing disk") struct FailingDiskTests {
  let folder = LogFolder()
  let disk = FailingDisk()

  func open() throws -> SegmentedLog {
    try SegmentedLog(folder.path, disk, folder.options, LogFolder.now, lock: true)
  }

  @Test func `takes nothing more after a sync has failed`() async throws {
    let log = try open()
    try await log.add(1..<2)
    disk.plan.withLock { $0.syncFails = true }
    await #expect(throws: EventLogError.self) { try await log.add(2..<3) }
    disk.plan.withLock { $0.syncFails = false }
    await #expect(throws: EventLogError.closed) { try await log.add(3..<4) }
  }

  @Test(arguments: [0, 1, 47, 90])
  func `leaves no trace of half a batch on a full disk, and goes on`(room: Int) async throws {
    let log = try open()
    try await log.add(1..<2)
    disk.plan.withLock { $0.room = room }
    await #expect(throws: EventLogError.self) { try await log.add(2..<5) }
    disk.plan.withLock { $0.room = .max }
    try await log.add(5..<6)
    #expect(try await log.numbers() == [1, 5])
    try await log.verify { _, _ in }
  }

  @Test func `keeps a floor of free space and resumes above it`() async throws {
    folder.options.floor = 100 << 20
    let log = try open()
    disk.plan.withLock { $0.free = 99 << 20 }
    await #expect(throws: EventLogError.full(path: folder.path, free: 99 << 20, floor: 100 << 20)) {
      try await log.add(1..<2)
    }
    disk.plan.withLock { $0.free = 101 << 20 }
    await #expect(throws: EventLogError.self) { try await log.add(1..<2) }
    disk.plan.withLock { $0.free = 1 << 30 }
    try await log.add(1..<2)
    #expect(try await log.numbers() == [1])
  }

  @Test func `shares one sync among callers that come together`() async throws {
    let log = try open()
    let before = disk.plan.withLock { $0.syncs }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<200 { group.addTask { try await log.add(number..<number + 1) } }
      try await group.waitForAll()
    }
    let syncs = disk.plan.withLock { $0.syncs } - before
    #expect(syncs < 150, "\(syncs) syncs for 200 appends")
    #expect(try await log.numbers().sorted() == Array(0..<200))
  }
}
