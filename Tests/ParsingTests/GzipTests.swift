import Foundation
import Testing

@testable import Parsing

@Suite("A gzip body without a header") struct GzipTests {
  static let document = Array(
    "<rss><channel><title>T</title><item><title>A</title></item></channel></rss>".utf8)

  /// A gzip member whose blocks are stored as they are (RFC 1951 §3.2.4), its CRC-32 right.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = bytes[...]
    repeat {
      let part = rest.prefix(65_535)
      rest = rest.dropFirst(65_535)
      let size = UInt16(part.count)
      packed.append(rest.isEmpty ? 1 : 0)
      packed += [size, ~size].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } + part
    } while !rest.isEmpty
    return packed + little(crc(bytes)) + little(UInt32(bytes.count))
  }

  private static func little(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  /// A member of blanks: one, then "258 bytes from one before" again and again (RFC 1951 §3.2.6).
  static func blanks(_ count: Int) -> [UInt8] {
    var bits: [Bool] = [true, true, false]
    func write(_ code: Int, _ length: Int) {
      bits += (0..<length).reversed().map { code >> $0 & 1 == 1 }
    }
    write(0x30 + 0x20, 8)
    for _ in 0..<count / 258 {
      write(0b1100_0101, 8)
      write(0, 5)
    }
    write(0, 7)
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    for start in stride(from: 0, to: bits.count, by: 8) {
      var byte: UInt8 = 0
      for (place, bit) in bits[start...].prefix(8).enumerated() where bit { byte |= 1 << place }
      packed.append(byte)
    }
    return packed + [UInt8](repeating: 0, count: 8)
  }

  private func parse(_ bytes: [UInt8]) throws -> ParsedFeed {
    try ParsedFeed(parsing: bytes, base: nil, contentType: "text/xml", contentLanguage: nil)
  }

  @Test func `is read like any other`() throws {
    let feed = try parse(Self.stored(Self.document))
    #expect(feed.entries.map(\.title) == ["A"])
    #expect(feed.warnings.isEmpty && !feed.isTruncated)
  }

  @Test func `of several members, or of zeros behind the last, is one document`() throws {
    let parts =
      Self.stored(Array(Self.document.prefix(20))) + Self.stored(Array(Self.document.dropFirst(20)))
    #expect(try parse(parts + [0, 0, 0]).entries.map(\.title) == ["A"])
    #expect(try parse(parts).warnings.isEmpty)
  }

  @Test func `longer than a piece is whole`() throws {
    let long = String(repeating: "x", count: 300_000)
    let text =
      "<rss><channel><item><title>A</title><description>\(long)</description></item></channel></rss>"
    #expect(try parse(Self.stored(Array(text.utf8))).entries[0].summary?.count == 300_000)
  }

  @Test func `that is cut off anywhere gives what came, or an error that names it`() throws {
    let packed = Self.stored(Self.document)
    for end in 2..<packed.count {
      do {
        let feed = try parse(Array(packed[..<end]))
        #expect(feed.isTruncated && feed.warnings.contains { $0.contains("gzip") }, "\(end)")
      } catch let error as FeedParseError {
        // Ten bytes are its head, five that of its block, then `<rss`.
        let isNoRoot = if case .notAFeed = error { end < 20 } else { false }
        #expect(error == .compressed("gzip") && end <= 15 || isNoRoot, "\(end): \(error)")
      }
    }
  }

  @Test func `that is damaged keeps what stands before`() throws {
    var packed = Self.stored(Self.document)
    packed[packed.count - 6] ^= 1
    let feed = try parse(packed)
    #expect(feed.entries.count == 1 && feed.warnings[0].contains("damaged"))
  }

  @Test func `that grows like a bomb is refused`() throws {
    // A 160th of the room: under the ratio, over the limit of 64 MiB.
    #expect(throws: FeedParseError.tooLarge(limit: 64 << 20)) { try parse(Self.blanks(66 << 20)) }
    #expect(throws: FeedParseError.empty) { try parse(Self.blanks(900 << 10)) }
  }

  @Test func `inside another is not unpacked again`() {
    #expect(throws: FeedParseError.notAFeed(found: "gzip data", hints: [])) {
      try parse(Self.stored(Self.stored(Self.document)))
    }
  }

  @Test(arguments: [
    (0, 1 << 20), (5_000, 1 << 20), (6_000, 1_200_000), (100_000, 20_000_000), (1 << 20, 64 << 20),
  ])
  func `may grow to a MiB, then 200 for one, up to 64 MiB`(read: Int, limit: Int) {
    #expect(Gzip.limit(read) == limit)
  }
}
