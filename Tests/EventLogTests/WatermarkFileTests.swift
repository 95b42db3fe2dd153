import Testing

@testable import EventLog

@Suite("A watermark's file") struct WatermarkFileTests {
  /// A log of five records, stopped cleanly.
  static func sample() async throws -> SimulatedFolder {
    let folder = SimulatedFolder()
    let log = try folder.open()
    for number in 1...5 { try await log.add(number..<number + 1) }
    try await log.close()
    return folder
  }

  @Test(arguments: [0, 4_096])
  func `is read from its other page where one cannot be read`(page: Int) async throws {
    let folder = try await Self.sample()
    folder.disk.spoil("/log/durable", page..<page + 512)
    #expect(try await folder.reader().numbers().count >= 4)
    let log = try folder.open()
    #expect(try await log.numbers() == [1, 2, 3, 4, 5])
    // Written anew: the next life reads both.
    try await log.add(6..<7)
    try await log.close()
    #expect(try await folder.open().numbers() == [1, 2, 3, 4, 5, 6])
  }

  @Test func `is written anew at an opening where none of it can be read`() async throws {
    let folder = try await Self.sample()
    folder.disk.spoil("/log/durable", 0..<8_192)
    #expect(throws: EventLogError.self) { try folder.reader() }
    // A repair is not kept from its work.
    #expect(try Maintenance(folder.path, folder.disk, locks: false).repair(at: now) == [])
    #expect(try await folder.open().numbers() == [1, 2, 3, 4, 5])
  }

  @Test func `keeps the slot that is there when it was cut short`() async throws {
    let folder = try await Self.sample()
    // The newer slot may be either.
    let whole = folder.disk.image["/log/durable"]!
    let cut = folder.copy { $0["/log/durable"] = Array(whole[..<4_096]) }
    _ = try cut.open()
    #expect(Array(cut.disk.image["/log/durable"]![..<64]) != [UInt8](repeating: 0, count: 64))
    #expect(cut.disk.image["/log/durable"]!.count == 8_192)
  }

  @Test func `never takes a reader back behind what it has seen`() async throws {
    let folder = try await Self.sample()
    let file = try WatermarkFile(reading: "/log/durable", folder.disk)
    while try #require(try file.read()).slot != 0 {
      let log = try folder.open()
      try await log.add(6..<7)
      try await log.close()
    }
    let mark = try #require(try file.read())
    // The newer slot, which is looked at first, is caught half stored.
    folder.disk.plan.blindReads = 1
    #expect(try file.read()?.generation == mark.generation - 1)
    folder.disk.plan.blindReads = 1
    #expect(try file.read(notBefore: mark.generation) == mark)
  }
}
