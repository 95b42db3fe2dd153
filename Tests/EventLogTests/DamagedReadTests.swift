import Testing

@testable import EventLog

@Suite("A reader of a damaged log") struct DamagedReadTests {
  /// Twelve records in three segments.
  static func sample() async throws -> SimulatedFolder {
    var folder = SimulatedFolder()
    folder.options.segmentSize = 700
    let log = try folder.open()
    for number in 1...12 { try await log.add(number..<number + 1, padding: 60) }
    try await log.close()
    return folder
  }

  @Test func `gets all that stands before the damage, and then the damage`() async throws {
    let folder = try await Self.sample()
    #expect(folder.segments.count >= 3)
    let damaged = folder.copy { $0[folder.segments[1]]![150] ^= 1 }
    let reader = try damaged.reader()
    let before = try await reader.read(from: .origin, limit: 100)
    let first = try #require(
      SegmentHeader.isName(String(folder.segments[1].dropFirst(5)))
        ? UInt64(folder.segments[1].dropFirst(5).dropLast(4)) : nil)
    #expect(before.map(\.position.rawValue) == Array(1..<first))
    await #expect(throws: EventLogError.self) {
      try await reader.read(from: Position(rawValue: first), limit: 100)
    }
  }

  @Test func `reads on behind a header that is damaged, and verify names it`() async throws {
    let folder = try await Self.sample()
    for place in folder.segments.indices {
      let damaged = folder.copy { $0[folder.segments[place]]![20] ^= 1 }
      let reader = try damaged.reader()
      #expect(try await reader.numbers() == Array(1...12), "segment \(place)")
      #expect(await reader.identity == (try await folder.reader().identity))
      let findings = try await reader.verify { _, _ in }
      #expect(findings.count == 1, "\(findings)")
      // Nothing is written on top of it.
      #expect(throws: EventLogError.self) { try damaged.open() }
    }
  }

  @Test func `takes no other file for a segment`() async throws {
    let folder = try await Self.sample()
    let other = folder.copy { $0["/log/copy.seg"] = [1, 2, 3] }
    #expect(try await other.reader().numbers() == Array(1...12))
    #expect(try await other.open().numbers() == Array(1...12))
  }
}
