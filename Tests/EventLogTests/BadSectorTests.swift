import Testing

@testable import EventLog

@Suite("A repair of a log that the disk cannot read whole") struct BadSectorTests {
  /// Forty records of three pages or so in two segments.
  static func sample() async throws -> SimulatedFolder {
    var folder = SimulatedFolder()
    folder.options.segmentSize = 250_000
    let log = try folder.open()
    for number in 1..<41 { try await log.add(number..<number + 1, padding: 10_000) }
    try await log.close()
    return folder
  }

  private func repair(_ folder: SimulatedFolder) throws -> [Repaired] {
    try Maintenance(folder.path, folder.disk, locks: false).repair(at: now)
  }

  @Test(arguments: [0, 1], [0, 4_096, 100_352, 160_256])
  func `loses the records in the bad sector, and no other`(place: Int, start: Int) async throws {
    let folder = try await Self.sample()
    let path = folder.segments[place]
    let bytes = folder.disk.image[path]!
    let sector = start..<start + 512
    folder.disk.spoil(path, sector)
    let reader = try? folder.reader()
    if let reader { #expect(try await reader.verify { _, _ in }.count == 1) }

    let repaired = try repair(folder)
    #expect(repaired.map(\.segment) == [String(path.dropFirst(5))])
    let lost = repaired.flatMap(\.lost)
    // A page of 4 KiB lies in one record of 10 KB, or in two.
    #expect(lost.count <= 2 && !lost.isEmpty, "\(lost)")
    let log = try folder.open()
    let records = try await log.all()
    #expect(records.map(\.position.rawValue) == Array(1...40))
    #expect(records.filter(\.isLost).map(\.position.rawValue) == lost)
    #expect(records.filter { !$0.isLost }.map(\.number).allSatisfy { $0 > 0 })
    #expect(try await log.verify { _, _ in } == [])
    try await log.add(41..<42)
    try await log.noteRepairsRecorded()
    try await log.close()
    // Kept aside is what could be read, at its place.
    let kept = try #require(folder.names(in: "quarantine").first)
    let copy = try #require(folder.disk.image[kept])
    #expect(copy.count == bytes.count)
    let differing = zip(copy, bytes).count { $0 != $1 }
    #expect(differing <= 4_096)
    #expect(try repair(folder) == [])
  }

  @Test func `mends two files in a row, the second without a header to link`() async throws {
    let folder = try await Self.sample()
    folder.disk.spoil(folder.segments[0], 20_480..<20_992)
    folder.disk.spoil(folder.segments[1], 0..<512)
    #expect(try repair(folder).count == 2)
    let log = try folder.open()
    #expect(try await log.all().count == 40)
    #expect(try await log.verify { _, _ in } == [])
  }
}
