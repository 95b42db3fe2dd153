import Foundation
import Support
import Testing

@testable import EventLog

/// Checksums guard against accident; whoever makes bytes by hand gets an error, and ends no program.
@Suite("A log with bytes made by hand") struct HostileBytesTests {
  static let huge: [UInt64] = [0, 1 << 32, 1 << 63, .max - 1, .max]

  /// Two segments, the last one with records, running.
  static func sample() async throws -> SimulatedFolder {
    var folder = SimulatedFolder()
    folder.options.segmentSize = 400
    let log = try folder.open()
    for number in 1..<5 { try await log.add(number..<number + 1, padding: 100) }
    return folder
  }

  /// Puts `number` at `offset` and makes the checksum behind `sum` fit again.
  static func put(_ number: UInt64, at offset: Int, sum: Range<Int>, in bytes: inout [UInt8]) {
    var (value, checksum): ([UInt8], [UInt8]) = ([], [])
    value.append(number: number)
    bytes.replaceSubrange(offset..<offset + 8, with: value)
    checksum.append(number: CRC32C.checksum(Array(bytes[sum])))
    bytes.replaceSubrange(sum.upperBound..<sum.upperBound + 4, with: checksum)
  }

  /// Does all that can be done with a log; errors are welcome.
  static func tryEverything(_ folder: SimulatedFolder) async {
    if let log = try? folder.open() {
      _ = try? await log.all()
      _ = try? await log.verify { _, _ in }
      _ = try? await log.position(atOrAfter: now)
      _ = try? await log.statistics()
      _ = try? await log.add(9..<10)
      try? await log.close()
    }
    if let reader = try? folder.reader() {
      _ = try? await reader.all()
      _ = try? await reader.verify { _, _ in }
      _ = try? await reader.position(atOrAfter: now)
      _ = try? await reader.statistics()
      _ = try? await reader.snapshot()
    }
    let maintenance = try? Maintenance(folder.path, folder.disk, locks: false)
    _ = try? maintenance?.redact([Position(rawValue: 1)])
    _ = try? maintenance?.repair(at: now)
  }

  @Test(arguments: [8, 16, 24, 32, 40], huge)
  func `is refused or read, whatever its watermark says`(offset: Int, value: UInt64) async throws {
    let folder = try await Self.sample()
    for slot in [0, 4_096] {
      await Self.tryEverything(
        folder.copy { image in
          var bytes = image["/log/durable"]!
          Self.put(value, at: slot + offset, sum: slot..<slot + 60, in: &bytes)
          // The other slot must not outbid it.
          bytes.replaceSubrange(4_096 - slot..<4_160 - slot, with: repeatElement(0, count: 64))
          image["/log/durable"] = bytes
        })
    }
  }

  @Test(arguments: [16, 40], huge)
  func `is refused or read, whatever a segment's header says`(offset: Int, value: UInt64)
    async throws
  {
    let folder = try await Self.sample()
    for path in folder.segments {
      await Self.tryEverything(
        folder.copy { Self.put(value, at: offset, sum: 0..<60, in: &$0[path]!) })
      // And under the name that it claims.
      await Self.tryEverything(
        folder.copy { image in
          var bytes = image.removeValue(forKey: path)!
          Self.put(value, at: offset, sum: 0..<60, in: &bytes)
          image["/log/" + SegmentHeader.name(value)] = bytes
        })
    }
  }

  @Test(arguments: [8, 16, 24, 32], huge)
  func `is refused or read, whatever a record's header says`(offset: Int, value: UInt64)
    async throws
  {
    let folder = try await Self.sample()
    for path in folder.segments {
      await Self.tryEverything(
        folder.copy { Self.put(value, at: 64 + offset, sum: 64..<108, in: &$0[path]!) })
    }
  }

  @Test(arguments: [16, 24, 32, 40], huge)
  func `is read in spite of whatever an index says`(offset: Int, value: UInt64) async throws {
    let folder = try await Self.sample()
    try await folder.open().close()
    for path in folder.disk.image.keys.filter({ $0.hasSuffix(".idx") }).sorted() {
      await Self.tryEverything(
        folder.copy { Self.put(value, at: offset, sum: 0..<60, in: &$0[path]!) })
    }
  }

  @Test func `gets no placeholders for a number that nothing leads up to`() async throws {
    let folder = try await Self.sample()
    let header = SegmentHeader(first: 1 << 40, log: 1, created: 0, link: 0)
    let copy = folder.copy { $0["/log/" + SegmentHeader.name(1 << 40)] = header.bytes }
    let maintenance = try Maintenance(copy.path, copy.disk, locks: false)
    #expect { try maintenance.repair(at: now) } throws: { "\($0)".hasSuffix("restore a backup") }
  }

  @Test func `carries out no replacement of what is no segment`() async throws {
    let folder = try await Self.sample()
    let copy = folder.copy {
      $0["/log/replace.todo"] = Array("../views".utf8)
      $0["/log/../views.new"] = [1]
    }
    #expect(throws: EventLogError.self) { try copy.open() }
    #expect(copy.disk.image["/log/../views.new"] == [1])
  }
}
