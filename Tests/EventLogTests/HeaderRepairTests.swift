import Testing

@testable import EventLog

@Suite("A repair of headers") struct HeaderRepairTests {
  /// Six records in one segment, as every small log has them.
  private func sample() async throws -> SimulatedFolder {
    let folder = SimulatedFolder()
    let log = try folder.open()
    for number in 1..<7 { try await log.add(number..<number + 1, padding: 50) }
    try await log.close()
    return folder
  }

  private func repair(_ folder: SimulatedFolder) throws -> [Repaired] {
    try Maintenance(folder.path, folder.disk, locks: false).repair(at: now)
  }

  @Test(arguments: 0..<64)
  func `keeps all of a log of one segment, whichever byte of the header is damaged`(byte: Int)
    async throws
  {
    let folder = try await sample()
    let identity = try await folder.open().identity
    for keepsMark in [true, false] {
      let damaged = folder.copy { image in
        image[folder.segments[0]]![byte] ^= 0x55
        if !keepsMark { image["/log/durable"] = nil }
      }
      let repaired = try repair(damaged)
      #expect(repaired.map(\.lost) == [[]])
      #expect(repaired.map(\.hasNewIdentity) == [true])
      #expect(damaged.names(in: "quarantine").count == 1)
      let log = try damaged.open()
      #expect(try await log.numbers() == Array(1...6))
      #expect(await log.identity != identity)
      #expect(await log.identity != 0)
      #expect(try await log.verify { _, _ in } == [])
      // When the segment was made is not known; its first record is no younger.
      #expect(await log.segments[0].header.created == SegmentedLog.micros(now))
      #expect(try await log.position(atOrAfter: now).rawValue == 1)
      try await log.add(7..<8)
      try await log.noteRepairsRecorded()
      try await log.close()
      #expect(try repair(damaged) == [])
    }
  }

  @Test func `takes the identity that one header tells, where others are damaged`() async throws {
    let folder = try await RepairTests.sample()
    let identity = try await folder.open().identity
    for survivor in folder.segments.indices {
      let damaged = folder.copy { image in
        for place in folder.segments.indices where place != survivor {
          image[folder.segments[place]]![30] ^= 1
        }
      }
      let repaired = try repair(damaged)
      #expect(repaired.count == folder.segments.count - 1)
      #expect(repaired.allSatisfy { !$0.hasNewIdentity })
      let log = try damaged.open()
      #expect(await log.identity == identity)
      #expect(try await log.numbers() == Array(1...12))
    }
  }

  @Test func `gives segments without any header one new identity, told once`() async throws {
    let folder = try await RepairTests.sample()
    let damaged = folder.copy { image in
      let zeros = [UInt8](repeating: 0, count: 64)
      for path in folder.segments { image[path]!.replaceSubrange(..<64, with: zeros) }
    }
    #expect(try repair(damaged).map(\.hasNewIdentity) == [true, false, false, false])
    let log = try damaged.open()
    #expect(try await log.numbers() == Array(1...12))
    #expect(try await log.verify { _, _ in } == [])
  }

  @Test func `begins an empty log anew, and makes none where no segment is`() async throws {
    let folder = SimulatedFolder()
    try await folder.open().close()
    let empty = folder.copy { $0[folder.segments[0]]![3] ^= 1 }
    #expect(try repair(empty).map(\.lost) == [[]])
    #expect(try await empty.open().numbers() == [])
    let none = folder.copy { $0[folder.segments[0]] = nil }
    #expect(throws: EventLogError.self) { try repair(none) }
    #expect(none.segments == [])
  }
}
