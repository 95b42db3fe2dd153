import Foundation
import Support
import Testing

@testable import EventLog

@Suite("A log on a full disk") struct FullDiskTests {
  var folder = SimulatedFolder()

  @Test(arguments: [0, 1, 47, 90, 200])
  func `leaves no trace of half a batch, and goes on`(room: Int) async throws {
    let log = try folder.open()
    try await log.add(1..<2)
    let before = folder.disk.image[folder.segments[0]]
    folder.disk.plan.room = room
    await #expect { try await log.add(2..<5) } throws: { Self.isFull($0) }
    #expect(folder.disk.image[folder.segments[0]] == before)
    folder.disk.plan.room = .max
    try await log.add(5..<6)
    #expect(try await log.numbers() == [1, 5])
    #expect(try await log.verify { _, _ in } == [])
  }

  @Test func `does not hold a record that found no room against the next decision`() async throws {
    let log = try folder.open()
    let seen = try await log.append([record(1)], to: .people, at: now).lowerBound
    folder.disk.plan.room = 0
    await #expect { try await log.append([record(2)], to: .people, at: now) } throws: {
      Self.isFull($0)
    }
    folder.disk.plan.room = .max
    try await log.append([record(3)], to: .people, at: now, ifUnchangedSince: seen)
    #expect(try await log.numbers() == [1, 3])
  }

  @Test mutating func `keeps a floor of free space, and resumes some way above it`() async throws {
    let (floor, path): (UInt64, String) = (100 << 20, folder.path)
    folder.options.floor = floor
    let log = try folder.open()
    folder.disk.plan.free = floor - 1
    await #expect(throws: EventLogError.full(path: path, free: floor - 1, floor: floor)) {
      try await log.add(1..<2)
    }
    folder.disk.plan.free = floor + (64 << 20) - 1
    await #expect { try await log.add(1..<2) } throws: { Self.isFull($0) }
    folder.disk.plan.free = floor + 64 << 20
    try await log.add(1..<2)
    #expect(try await log.numbers() == [1])
  }

  @Test mutating func `keeps the old segment where a new one finds no room`() async throws {
    folder.options.segmentSize = 600
    let log = try folder.open()
    try await log.add(1..<2, padding: 400)
    folder.disk.plan.room = 10
    await #expect { try await log.add(2..<3, padding: 400) } throws: { Self.isFull($0) }
    #expect(folder.segments.count == 1)
    folder.disk.plan.room = .max
    try await log.add(3..<4, padding: 400)
    #expect(folder.segments.count == 2)
    #expect(try await log.numbers() == [1, 3])
  }

  @Test mutating func `goes on with no segment whose name may or may not be there`() async throws {
    folder.options.segmentSize = 600
    let log = try folder.open()
    try await log.add(1..<2, padding: 400)
    folder.disk.plan.folderSyncIsFull = true
    await #expect(throws: EventLogError.self) { try await log.add(2..<3, padding: 400) }
    folder.disk.plan.folderSyncIsFull = false
    // This one would find room in the old segment.
    await #expect(throws: EventLogError.closed) { try await log.add(3..<4) }
    #expect(try await folder.open().numbers() == [1])
  }

  @Test mutating func `tells before an opening whether there is room, by the same floor`() throws {
    let floor: UInt64 = 100 << 20
    folder.options.floor = floor
    let (disk, path, options) = (folder.disk, folder.path, folder.options)
    func check(_ free: UInt64, isPaused: Bool) throws {
      disk.plan.free = free
      try SegmentedLog.checkRoom(for: path, disk, options, isPaused: isPaused)
    }
    try check(floor, isPaused: false)
    #expect(throws: EventLogError.full(path: path, free: floor - 1, floor: floor)) {
      try check(floor - 1, isPaused: false)
    }
    #expect { try check(floor + (64 << 20) - 1, isPaused: true) } throws: { Self.isFull($0) }
    try check(floor + 64 << 20, isPaused: true)
    // A folder that is yet to be made counts as the one around it; nothing is ever free in /proc.
    #expect { try SegmentedLog.checkRoom(for: "/proc/none/log", isPaused: false) } throws: {
      Self.isFull($0)
    }
  }

  @Test func `refuses a folder on another machine's disk, unless told otherwise`() async throws {
    folder.disk.plan.isRemote = true
    #expect { try folder.open() } throws: {
      "\($0)".hasSuffix("put it on a local disk")
    }
    var told = folder
    told.options.allowsRemoteDisk = true
    #expect(try await told.open().numbers() == [])
  }

  @Test func `stores to memory only where a block is sure to lie behind it`() {
    // ext4, XFS, tmpfs; btrfs, ZFS, overlayfs take a new block for each write.
    #expect([0xEF53, 0x5846_5342, 0x0102_1994].allSatisfy(LinuxDisk.keepsBlocks))
    #expect(![0x9123_683E, 0x2FC1_2FC1, 0x794C_7630].contains(where: LinuxDisk.keepsBlocks))
  }

  @Test(.enabled(if: SmallDisk.isPossible, "mounting a tmpfs needs the rights of root"))
  func `writes until a real disk is full, and goes on when there is room`() async throws {
    try await Self.goesOn(after: try SmallDisk(mebibytes: 1))
  }

  @Test(.enabled(if: SmallDisk.isPossible(.ext4), "mounting a file needs root and a loop device"))
  func `does so on a file system that finds its blocks late`() async throws {
    try await Self.goesOn(after: try SmallDisk(.ext4, mebibytes: 16))
  }

  private static func goesOn(after disk: SmallDisk) async throws {
    var options = SegmentedLog.Options()
    options.floor = 0
    let path = disk.folder.path("log")
    let log = try SegmentedLog.open(path, options: options, now: now)
    try disk.fillUp(but: 512)
    var taken: [Int] = []
    var refused = 0
    for number in 1...80 {
      do {
        try await log.add(number..<number + 1, padding: 10_000)
        taken.append(number)
      } catch EventLogError.full {
        refused += 1
        if refused == 3 { try disk.makeRoom() }
      }
    }
    #expect(refused >= 3 && taken.count == 80 - refused)
    #expect(try await log.numbers() == taken)
    #expect(try await log.verify { _, _ in } == [])
    try await log.close()
    #expect(try await SegmentedLog.open(path, options: options, now: now).numbers() == taken)
    try disk.fillUp()
    #expect { try SegmentedLog.open(disk.folder.path("new"), options: options, now: now) } throws: {
      isFull($0)
    }
  }

  private static func isFull(_ error: any Error) -> Bool {
    if case .full? = error as? EventLogError { true } else { false }
  }
}
