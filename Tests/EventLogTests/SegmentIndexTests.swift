import Foundation
import Testing

@testable import EventLog

@Suite("A segment's index") struct SegmentIndexTests {
  static let header = SegmentHeader(first: 10, log: 7, created: 0, link: 3)

  /// An index of `count` records of 20 KB, one a second.
  static func index(_ count: UInt64) -> SegmentIndex {
    var index = SegmentIndex(header)
    for number in 0..<count {
      var frame = Frame(kind: 1, payloadLength: 20_000, payloadCRC: 0, stream: 0)
      (frame.sequence, frame.time) = (10 + number, Int64(number) * 1_000_000)
      frame.headerCRC = UInt32(number)
      index.note(frame)
    }
    return index
  }

  @Test(arguments: [0, 1, 5, 400])
  func `reads back as it was written`(count: UInt64) {
    let index = Self.index(count)
    #expect(SegmentIndex(index.bytes, of: Self.header) == index)
  }

  @Test func `with any bit flipped, or of another segment, is none`() {
    let bytes = Self.index(9).bytes
    for bit in 0..<bytes.count * 8 {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(SegmentIndex(flipped, of: Self.header) == nil, "bit \(bit)")
    }
    #expect(SegmentIndex(Array(bytes.dropLast()), of: Self.header) == nil)
    let other = SegmentHeader(first: 11, log: 7, created: 0, link: 3)
    #expect(SegmentIndex(bytes, of: other) == nil)
  }

  @Test func `finds a place at most 64 KiB and a record before what is wanted`() {
    let index = Self.index(400)
    let size = UInt64(Frame.size(payload: 20_000))
    for sequence in UInt64(10)..<410 {
      let place = index.place(before: sequence)
      #expect(place.sequence <= sequence)
      #expect((sequence - place.sequence) * size <= 65_536 + size)
      #expect(place.offset == 64 + (place.sequence - 10) * size)
      let second = Int64(sequence - 10) * 1_000_000
      let byTime = index.place(beforeTime: second)
      #expect(byTime.sequence <= sequence, "nothing of that second may stand before the place")
      #expect((sequence - byTime.sequence) * size <= 2 * 65_536 + size)
    }
    #expect(index.place(before: 999).sequence == 410)
  }
}

@Suite("A log with indexes") struct IndexedLogTests {
  /// Forty segments of a few records, stopped cleanly.
  static func rolled() async throws -> SimulatedFolder {
    var folder = SimulatedFolder()
    folder.options.segmentSize = 2_000
    let log = try folder.open()
    for number in 0..<120 { try await log.add(number..<number + 1, padding: 500) }
    try await log.close()
    return folder
  }

  @Test func `opens without reading its segments after a clean stop`() async throws {
    let folder = try await Self.rolled()
    #expect(folder.segments.count == 40)
    // What is never read cannot be noticed by the opening; a reader of the record notices.
    let copy = folder.copy { $0[folder.segments[3]]![120] ^= 1 }
    let log = try copy.open()
    await #expect(throws: EventLogError.self) {
      try await log.read(from: Position(rawValue: 10), limit: 1)
    }
  }

  @Test(arguments: ["gone", "empty", "of another segment", "too long", "too short"])
  func `makes an index again that is missing or wrong`(damage: String) async throws {
    let folder = try await Self.rolled()
    let indexes = folder.disk.image.keys.filter { $0.hasSuffix(".idx") }.sorted()
    let good = folder.disk.image
    let copy = folder.copy { image in
      for (place, index) in indexes.enumerated() {
        switch damage {
        case "gone": image[index] = nil
        case "empty": image[index] = []
        case "of another segment": image[index] = good[indexes[(place + 1) % indexes.count]]
        case "too long": image[index]?.append(0)
        default: image[index]?.removeLast()
        }
      }
    }
    let log = try copy.open()
    #expect(try await log.numbers() == Array(0..<120))
    for position in stride(from: 1, through: 120, by: 7) {
      let found = try await log.read(from: Position(rawValue: UInt64(position)), limit: 1)
      #expect(found.map(\.number) == [position - 1])
    }
    #expect(try await log.verify { _, _ in } == [])
    let sealed = indexes.dropLast()
    if damage != "too long", damage != "too short" {
      #expect(sealed.allSatisfy { copy.disk.image[$0] == good[$0] })
    }
  }

  @Test func `is read in spite of the indexes of another log`() async throws {
    var logs: [SimulatedFolder] = []
    for padding in [5_000, 7_000] {
      let folder = SimulatedFolder()
      let log = try folder.open()
      for number in 0..<60 { try await log.add(number..<number + 1, padding: padding) }
      try await log.seal()
      try await log.close()
      logs.append(folder)
    }
    for (ours, theirs) in [(logs[0], logs[1]), (logs[1], logs[0])] {
      let index = "/log/" + SegmentIndex.name(SegmentHeader.name(1))
      let copy = ours.copy { $0[index] = theirs.disk.image[index] }
      for position in 1...60 {
        let found = try await copy.reader().read(
          from: Position(rawValue: UInt64(position)), limit: 1)
        #expect(found.map(\.number) == [position - 1])
      }
    }
  }

  @Test func `finds what was recorded at a time, over many segments`() async throws {
    var folder = SimulatedFolder()
    folder.options.segmentSize = 2_000
    let log = try folder.open()
    // Three records a second, so that equal times lie across the border of two segments.
    for number in 0..<90 {
      let second = now.addingTimeInterval(Double(number / 3))
      try await log.append([record(number, padding: 700)], to: .alerts, at: second)
    }
    for second in 0..<30 {
      let time = now.addingTimeInterval(Double(second))
      #expect(try await log.position(atOrAfter: time).rawValue == UInt64(second * 3 + 1))
    }
    #expect(try await log.position(atOrAfter: .distantPast).rawValue == 1)
    #expect(try await log.position(atOrAfter: now.addingTimeInterval(30)).rawValue == 91)
  }

  @Test func `is scrubbed segment by segment, which finds rot that nobody has read`() async throws {
    let folder = try await Self.rolled()
    let copy = folder.copy { $0[folder.segments[3]]![120] ^= 1 }
    let log = try copy.open()
    var after: UInt64 = 0
    var findings: [UInt64: String] = [:]
    var steps = 0
    while let step = try await log.scrub(after: after, pace: 1 << 40) {
      after = step.sequence
      steps += 1
      if let finding = step.finding { findings[after] = "\(finding)" }
    }
    #expect(steps == 39, "all but the last, which is still written to")
    #expect(findings.keys.sorted() == [10])
    #expect(findings[10]?.contains("00000000000000000010.seg at byte") == true)
    #expect(try await log.add(120..<121).lowerBound.rawValue == 121, "appending goes on")
  }

  @Test(arguments: [1 << 20, 16 << 20, 1 << 30] as [UInt64])
  func `is scrubbed no faster than it is told`(pace: UInt64) {
    // The pauses alone take as long as the bytes may.
    let seconds = SegmentInspection.pause(at: pace) * Int(pace) / Limits.scanBytes
    #expect(seconds == .seconds(1))
  }

  @Test func `leaves nothing in memory of what was scrubbed`() async throws {
    let log = try await Self.rolled().open()
    let folder = log.folder
    let disk = try #require(log.disk as? SimulatedDisk)
    let before = disk.forgotten
    let step = try #require(try await log.scrub(after: 0, pace: 1 << 40))
    let path = folder + "/" + SegmentHeader.name(step.sequence)
    #expect(disk.forgotten[path, default: 0] > before[path, default: 0])
  }

  @Test func `keeps no more than sixteen segments open`() async throws {
    let folder = try LogFolder()
    folder.options.segmentSize = 2_000
    let log = try folder.open()
    for number in 0..<150 { try await log.add(number..<number + 1, padding: 500) }
    #expect(try await log.numbers() == Array(0..<150))
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
      return target?.hasPrefix(folder.path) == true && target?.hasSuffix(".seg") == true
    }
    #expect(open == 17)
  }
}
