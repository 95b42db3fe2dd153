import Foundation
import Testing

@testable import EventLog

/// A log of version 1, byte for byte as Format.md has it, made by another program from that text alone.
///
/// It must be read for ever: add the bytes of a later version beside it, and change none.
@Suite("A log of version 1") struct FormatTests {
  static let first = bytes(
    """
    5449445345473031010040000000000001000000000000000001020304050607
    08090a0b0c0d0e0f0091fd7b8b180600000000000000000000000000b2b8eaf5
    544452310100c90007000000bfd0e6a201000000000000000091fd7b8b180600
    00000200380110ca00000000b46cdf297b226e223a317d0a5444523101009101
    0800000038ef298202000000000000000091fd7b8b18060001000200380110ca
    b46cdf290b7e5f5e7b226e223a32327d0a00000000000000
    """)
  static let second = bytes(
    """
    5449445345473031010040000000000003000000000000000001020304050607
    08090a0b0c0d0e0f40d30c7c8b1806000b7e5f5e0000000000000000bade6fa6
    544452310108c900140000008501c9b3030000000000000040d30c7c8b180600
    00000100e2a6226a00000000ba320bb07b227265646163746564223a74727565
    7d2020200a000000544452310104008002000000aad07b290400000000000000
    40d30c7c8b1806000000010000000000ba320bb055f23fda7b7d0a0000000000
    """)
  static let index = bytes(
    """
    5449444944583031010000000100000001000000000000000200000000000000
    b8000000000000000091fd7b8b1806000b7e5f5e000000003432510849abbaa0
    01000000000000000091fd7b8b1806004000000000000000
    """)
  /// The slot of generation 7, after a clean stop.
  static let mark = bytes(
    """
    5449444d41524b31070000000000000004000000000000000300000000000000
    c00000000000000040d30c7c8b18060055f23fda0100000000000000089532ee
    """)
  static let log: UInt128 = 0x0F0E_0D0C_0B0A_0908_0706_0504_0302_0100
  static let time: Int64 = 1_715_837_220_000_000

  static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.filter { !$0.isWhitespace }.utf8.map { $0 }
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16) ?? 0
    }
  }

  static func folder() -> SimulatedFolder {
    let folder = SimulatedFolder()
    folder.disk.image = [
      "/log/00000000000000000001.seg": first, "/log/00000000000000000001.idx": index,
      "/log/00000000000000000003.seg": second,
      "/log/durable": [UInt8](repeating: 0, count: 4_096) + mark
        + [UInt8](repeating: 0, count: 4_032),
    ]
    return folder
  }

  @Test func `is read as what it was, and goes on`() async throws {
    let folder = Self.folder()
    let log = try folder.open()
    let records = try await log.all()
    #expect(
      records.map { String(decoding: $0.payload, as: UTF8.self) }
        == [#"{"n":1}"#, #"{"n":22}"#, #"{"redacted":true}   "#, "{}"])
    #expect(records.map(\.position.rawValue) == [1, 2, 3, 4])
    #expect(records.map(\.kind) == [201, 401, 201, 0x8000])
    #expect(records.map { $0.recordedAt.timeIntervalSince(now) } == [0, 0, 1, 1])
    #expect(records.map(\.isRedacted) == [false, false, true, false])
    #expect(records.map(\.isLost) == [false, false, false, true])
    #expect(records.prefix(2).allSatisfy { $0.belongs(to: .feed("wire")) })
    #expect(await log.identity == Self.log)
    #expect(try await log.verify { _, _ in } == [])
    #expect(try await log.add(5..<6).lowerBound.rawValue == 5)
    try await log.close()
    #expect(try await folder.open().verify { _, _ in } == [])
    #expect(folder.disk.image["/log/00000000000000000001.seg"] == Self.first)
  }

  @Test func `is written with the same bytes today`() throws {
    let header = SegmentHeader(first: 1, log: Self.log, created: Self.time, link: 0)
    var batch = Batch()
    for (kind, payload) in [(UInt16(201), #"{"n":1}"#), (401, #"{"n":22}"#)] {
      let record = NewRecord(id: 0, kind: kind, payload: Array(payload.utf8))
      let made = try Batch([record], in: StreamName.feed("wire").hash)
      batch.join(made, first: UInt64(batch.frames.count) + 1, time: Self.time)
    }
    batch.seal(chain: 0)
    #expect(header.bytes + batch.bytes == Self.first)
    var index = SegmentIndex(header)
    for placed in batch.frames { index.note(placed.frame) }
    #expect(index.bytes == Self.index)

    var rewrite = SegmentRewrite(
      SegmentHeader(
        first: 3, log: Self.log, created: Self.time + 1_000_000, link: index.lastHeaderCRC),
      after: Self.time)
    rewrite.add(
      Frame(
        flags: Frame.redacted, kind: 201, payloadLength: 0, payloadCRC: 0, sequence: 3,
        time: Self.time + 1_000_000, stream: StreamName.alerts.hash),
      SegmentRewrite.redacted(Array(#"{"n":"some words"}  "#.utf8)))
    rewrite.addLost()
    #expect(rewrite.bytes == Self.second)

    var mark = Watermark()
    (mark.generation, mark.last, mark.segment) = (7, 4, 3)
    (mark.offset, mark.time) = (UInt64(Self.second.count), Self.time + 1_000_000)
    (mark.headerCRC, mark.isClean) = (rewrite.lastHeaderCRC, true)
    #expect(mark.bytes == Self.mark)
    #expect(mark.slot == 4_096)
  }

  @Test func `has one good slot of its watermark while the other is torn`() throws {
    var older = Watermark()
    (older.generation, older.last) = (6, 3)
    #expect(Watermark.latest(among: [older.bytes, Self.mark])?.last == 4)
    for bit in 0..<Self.mark.count * 8 {
      var torn = Self.mark
      torn[bit / 8] ^= 1 << (bit % 8)
      #expect(Watermark.latest(among: [older.bytes, torn])?.last == 3, "bit \(bit)")
    }
  }
}

@Suite("A checksum") struct ChecksumTests {
  @Test func `is that of the format, by the instruction and by tables`() {
    #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
    let bytes = (0..<1_300).map { UInt8(truncatingIfNeeded: ($0 &* $0) >> 3 | 0x20) }
    // Three lanes of 128 bytes are summed at once: below, at and above one and two and three times that.
    let counts = [0..<64, 376..<394, 760..<780, 1_150..<1_170].joined()
    for start in 0..<9 {
      for count in counts {
        let part = Array(bytes[start..<start + count])
        let byTables = unsafe part.withUnsafeBytes { unsafe ~CRC32CTables.update(~0, $0) }
        #expect(CRC32C.checksum(part) == byTables, "\(count) from \(start)")
        #expect(Self.copied(part) == byTables)
      }
    }
  }

  @Test func `finds a byte that no line of JSON has, wherever it stands`() {
    for count in Array(1..<40) + [384, 400] {
      for place in 0..<count {
        for (byte, isLine) in [(UInt8(0x1F), false), (0, false), (0x20, true), (0xFF, true)] {
          var bytes = [UInt8](repeating: 0x80, count: count)
          bytes[place] = byte
          #expect((Self.copied(bytes) != nil) == isLine, "\(byte) at \(place) of \(count)")
        }
      }
    }
  }

  private static func copied(_ bytes: [UInt8]) -> UInt32? {
    var target = [UInt8](repeating: 0, count: bytes.count)
    let sum = unsafe bytes.withUnsafeBytes { source in
      unsafe target.withUnsafeMutableBytes { unsafe CRC32C.copy(source, to: $0) }
    }
    return target == bytes || sum == nil ? sum : nil
  }
}
