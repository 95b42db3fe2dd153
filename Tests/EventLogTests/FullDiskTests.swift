import Foundation
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

  @Test func `refuses a folder on another machine's disk, unless told otherwise`() async throws {
    folder.disk.plan.isRemote = true
    #expect { try folder.open() } throws: {
      "\($0)".hasSuffix("put it on a local disk")
    }
    var told = folder
    told.options.allowsRemoteDisk = true
    #expect(try await told.open().numbers() == [])
  }

  private static func isFull(_ error: any Error) -> Bool {
    if case .full? = error as? EventLogError { true } else { false }
  }
}
