import Foundation
import Support
import Testing

@testable import EventLog

@Suite("A damaged log") struct DamageTests {
  /// Three batches in one segment, and where the last one begins.
  static func sample(
    closed: Bool, _ segmentSize: UInt64 = 64 << 20
  ) async throws -> (folder: SimulatedFolder, last: Int) {
    var folder = SimulatedFolder()
    folder.options.segmentSize = segmentSize
    let log = try folder.open()
    try await log.add(1..<2)
    try await log.add(2..<4)
    let last = folder.disk.image[folder.segments[0]]?.count ?? 0
    try await log.add(4..<7)
    if closed { try await log.close() }
    return (folder, last)
  }

  /// The copy as it opens without a watermark, as if the power went before that was written back.
  static func opened(_ folder: SimulatedFolder, _ bytes: [UInt8]) throws -> SegmentedLog {
    try folder.copy {
      $0[folder.segments[0]] = bytes
      $0["/log/durable"] = []
    }.open()
  }

  @Test func `cut at every byte of its last batch has the rest, and takes more`() async throws {
    let (folder, last) = try await Self.sample(closed: false)
    let all = try #require(folder.disk.image[folder.segments[0]])
    for end in last..<all.count {
      let copy = folder.copy {
        $0[folder.segments[0]] = Array(all[..<end])
        $0["/log/durable"] = []
      }
      let log = try copy.open()
      #expect(try await log.numbers() == [1, 2, 3], "cut at \(end)")
      #expect(copy.names(in: "torn").isEmpty == (end == last), "cut at \(end)")
      try await log.add(8..<9)
      #expect(try await log.numbers() == [1, 2, 3, 8])
      #expect(try await log.verify { _, _ in } == [])
    }
  }

  @Test func `with zeros or garbage behind every byte of its last batch has the rest or all`()
    async throws
  {
    let (folder, last) = try await Self.sample(closed: false)
    let all = try #require(folder.disk.image[folder.segments[0]])
    var random = SeededGenerator(seed: 1)
    for end in last...all.count {
      let zeros = [UInt8](repeating: 0, count: all.count - end + 600)
      let garbage = zeros.map { _ in UInt8.random(in: 0...255, using: &random) }
      for tail in [zeros, garbage] {
        let bytes = all[..<end] + tail
        // The padding of the last record is zeros anyway.
        let isWhole = bytes.starts(with: all)
        let numbers = try await Self.opened(folder, Array(bytes)).numbers()
        #expect(numbers == (isWhole ? [1, 2, 3, 4, 5, 6] : [1, 2, 3]), "at \(end)")
      }
    }
  }

  @Test func `with sectors of its last batch lost in any order has the rest or all`() async throws {
    let (folder, last) = try await Self.sample(closed: false)
    let all = try #require(folder.disk.image[folder.segments[0]])
    // Sectors of 32 bytes: every subset of those that the last batch touches.
    let sectors = Array(stride(from: last, to: all.count, by: 32))
    for lost in 1..<1 << sectors.count {
      var bytes = all
      for (place, start) in sectors.enumerated() where lost >> place & 1 == 1 {
        for index in start..<min(start + 32, all.count) { bytes[index] = 0 }
      }
      guard bytes != all else { continue }
      #expect(try await Self.opened(folder, bytes).numbers() == [1, 2, 3], "lost \(lost)")
    }
  }

  @Test func `never gives a wrong record, whichever bit is flipped, and says so at the opening`()
    async throws
  {
    let (folder, _) = try await Self.sample(closed: false)
    let all = try #require(folder.disk.image[folder.segments[0]])
    for bit in 0..<all.count * 8 {
      var flipped = all
      flipped[bit / 8] ^= 1 << (bit % 8)
      let copy = folder.copy { $0[folder.segments[0]] = flipped }
      #expect(throws: EventLogError.self, "bit \(bit)") { try copy.open() }
    }
  }

  @Test func `is told from a torn tail without a watermark: only the last batch may be cut`()
    async throws
  {
    let (folder, last) = try await Self.sample(closed: false)
    let all = try #require(folder.disk.image[folder.segments[0]])
    for bit in 64 * 8..<all.count * 8 {
      var flipped = all
      flipped[bit / 8] ^= 1 << (bit % 8)
      if bit / 8 < last {
        #expect(throws: EventLogError.self, "bit \(bit)") { try Self.opened(folder, flipped) }
      } else {
        #expect(try await Self.opened(folder, flipped).numbers() == [1, 2, 3], "bit \(bit)")
      }
    }
  }

  @Test func `never gives a wrong record after a clean stop, whichever bit is flipped`()
    async throws
  {
    let (folder, _) = try await Self.sample(closed: true)
    let all = try #require(folder.disk.image[folder.segments[0]])
    for bit in 0..<all.count * 8 {
      var flipped = all
      flipped[bit / 8] ^= 1 << (bit % 8)
      let copy = folder.copy { $0[folder.segments[0]] = flipped }
      guard let log = try? copy.open() else { continue }
      // Not looked at by the opening: then by whoever reads, and by the inspection.
      await #expect(throws: EventLogError.self, "bit \(bit)") { try await log.all() }
      #expect(try await log.verify { _, _ in }.count == 1, "bit \(bit)")
    }
  }

  @Test func `in its last record is found at the opening after a clean stop too`() async throws {
    let (folder, last) = try await Self.sample(closed: true)
    let all = try #require(folder.disk.image[folder.segments[0]])
    for byte in last..<all.count {
      let copy = folder.copy { $0[folder.segments[0]]![byte] ^= 1 }
      #expect(throws: EventLogError.self, "byte \(byte)") { try copy.open() }
    }
  }

  @Test func `with a segment that follows on another record is refused`() async throws {
    let (folder, _) = try await Self.sample(closed: true, 120)
    let copy = folder.copy { image in
      let path = folder.segments[1]
      guard var header = try? SegmentHeader(image[path]!, of: path) else { return }
      header.link ^= 1
      image[path]!.replaceSubrange(0..<64, with: header.bytes)
    }
    #expect { try copy.open() } throws: { "\($0)".contains("does not follow on the one before") }
    #expect(try await copy.reader().verify { _, _ in }.count == 1)
  }

  @Test func `is found by its sectors, swapped, doubled or dropped`() async throws {
    let (folder, last) = try await Self.sample(closed: false)
    let all = try #require(folder.disk.image[folder.segments[0]])
    let sectors = stride(from: 0, to: last - 64, by: 64)
    for a in sectors {
      for b in sectors where b > a {
        var swapped = all
        swapped.replaceSubrange(a..<a + 64, with: all[b..<b + 64])
        var doubled = swapped
        swapped.replaceSubrange(b..<b + 64, with: all[a..<a + 64])
        doubled[a] = all[b]
        for bytes in [swapped, doubled] where bytes != all {
          let copy = folder.copy { $0[folder.segments[0]] = bytes }
          #expect(throws: EventLogError.self, "\(a) and \(b)") { try copy.open() }
        }
      }
      var dropped = all
      dropped.removeSubrange(a..<a + 64)
      let copy = folder.copy { $0[folder.segments[0]] = dropped }
      #expect(throws: EventLogError.self, "without \(a)") { try copy.open() }
    }
  }

  @Test func `that lost acknowledged records is refused, for the disk lied about a sync`()
    async throws
  {
    let (folder, last) = try await Self.sample(closed: false)
    let copy = folder.copy { $0[folder.segments[0]] = Array($0[folder.segments[0]]!.prefix(last)) }
    #expect { try copy.open() } throws: { "\($0)".contains("acknowledged records up to 6") }
    let empty = folder.copy { $0[folder.segments[0]] = nil }
    #expect { try empty.open() } throws: { "\($0)".contains("records up to 6 are gone") }
  }

  @Test func `with more behind its last batch than one batch can be is refused, and left as it is`()
    async throws
  {
    let (folder, _) = try await Self.sample(closed: false)
    let path = folder.segments[0]
    let copy = folder.copy {
      $0[path]! += [UInt8](repeating: 0x41, count: (4 << 20) + 8)
      $0["/log/durable"] = []
    }
    let before = copy.disk.image[path]
    #expect(throws: EventLogError.self) { try copy.open() }
    #expect(copy.disk.image[path] == before)
  }

  @Test func `throws at a gap to a reader too, and does not pass for its end`() async throws {
    let (folder, _) = try await Self.sample(closed: true, 120)
    for place in 0..<3 {
      let gone = folder.copy { $0[folder.segments[place]] = nil }
      await #expect(throws: EventLogError.self, "\(place)") { try await gone.reader().all() }
      // Cut between two records.
      let cut = folder.copy { $0[folder.segments[place]]!.removeLast(place == 0 ? 72 : 72) }
      await #expect(throws: EventLogError.self, "\(place)") { try await cut.reader().all() }
    }
  }

  @Test(arguments: [0, 1, 2])
  func `with a segment gone, or of another log, is refused`(place: Int) async throws {
    let (folder, _) = try await Self.sample(closed: true, 120)
    try #require(folder.segments.count == 3)
    let gone = folder.copy { $0[folder.segments[place]] = nil }
    #expect(throws: EventLogError.self) { try gone.open() }
    let (other, _) = try await Self.sample(closed: true, 120)
    let mixed = folder.copy { $0[folder.segments[place]] = other.disk.image[other.segments[place]] }
    #expect(throws: EventLogError.self) { try mixed.open() }
  }

  @Test func `of a newer format is refused and left as it is`() async throws {
    let (folder, _) = try await Self.sample(closed: false, 120)
    for segment in [folder.segments[0], folder.segments[folder.segments.count - 1]] {
      let newer = folder.copy {
        $0[segment]![8] = 2
        // What would be cut off, or taken for a leftover, in a log of ours.
        $0[folder.segments.last!]! += [1, 2, 3]
        $0["/log/durable"] = []
        $0["/log/x.tmp"] = [1]
      }
      let before = newer.disk.image
      #expect(throws: EventLogError.newer(version: 2)) { try newer.open() }
      let isUntouched = newer.disk.image == before
      #expect(isUntouched, "\(segment)")
    }
  }

  @Test func `is found segment by segment, the others stay readable`() async throws {
    let (folder, _) = try await Self.sample(closed: true, 120)
    let copy = folder.copy { $0[folder.segments[1]]![120] ^= 1 }
    let log = try copy.open()
    let findings = try await log.verify { _, _ in }
    #expect(findings.count == 1)
    #expect("\(findings)".contains(String(folder.segments[1].suffix(24))))
    #expect(try await log.read(from: Position(rawValue: 4), limit: 9).map(\.number) == [4, 5, 6])
    await #expect(throws: EventLogError.self) {
      try await log.read(from: Position(rawValue: 2), limit: 1)
    }
  }

  @Test func `is told of a beginning that is gone, or that another log gave`() async throws {
    let (folder, _) = try await Self.sample(closed: true, 120)
    let second = String(folder.segments[1].suffix(24))
    let gone = folder.copy { $0[folder.segments[0]] = nil }
    #expect(
      try await gone.reader().verify { _, _ in } == [
        .corrupt(segment: second, offset: 16, reason: "begins with record 2 where 1 belongs")
      ])
    let header = try SegmentHeader(folder.disk.image[folder.segments[0]]!, of: "")
    let linked = folder.copy { image in
      var strange = header
      strange.link = 7
      image[folder.segments[0]]!.replaceSubrange(..<64, with: strange.bytes)
    }
    #expect(
      try await linked.reader().verify { _, _ in } == [
        .corrupt(
          segment: String(folder.segments[0].suffix(24)), offset: 48,
          reason: "does not follow on the one before")
      ])
  }

  @Test func `is told of each segment, also where the disk cannot read one`() async throws {
    let (folder, _) = try await Self.sample(closed: true, 120)
    let names = folder.segments.map { String($0.suffix(24)) }
    let copy = folder.copy { $0[folder.segments[1]]![120] ^= 1 }
    copy.disk.plan.unreadable = names[0]
    let log = try copy.open()
    let findings = try await log.verify { _, _ in }
    #expect(findings.count == 2)
    #expect(findings.first == .io(call: "pread", path: "/log/" + names[0], errno: EIO))
    #expect(findings.last?.description.hasPrefix(names[1]) == true)
    var found: [UInt64] = []
    var after: UInt64 = 0
    while let step = try await log.scrub(after: after, pace: 1 << 40) {
      after = step.sequence
      if step.finding != nil { found.append(after) }
    }
    #expect(found.map(SegmentHeader.name) == Array(names[0...1]))
    #expect(try await log.read(from: Position(rawValue: 4), limit: 9).map(\.number) == [4, 5, 6])
  }
}
