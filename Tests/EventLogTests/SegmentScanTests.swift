import Foundation
import Testing

@testable import EventLog

/// Frames whose checksums all fit, so that only what is looked for can be wrong.
@Suite("A scan of a segment") struct SegmentScanTests {
  /// A segment of six records of one batch each, changed before its checksums are made.
  private func fault(_ change: (inout [Frame]) -> Void) throws -> String? {
    let header = SegmentHeader(first: 1, log: 7, created: 0, link: 0)
    var frames = (1...6).map { number in
      Frame(
        kind: 1, payloadLength: 2, payloadCRC: 0, sequence: UInt64(number), time: 10, stream: 0)
    }
    change(&frames)
    var (bytes, chain) = (header.bytes, UInt32(0))
    for place in frames.indices {
      frames[place].chain ^= chain
      bytes += frames[place].bytes(Array("{}".utf8))
      chain = frames[place].headerCRC
    }
    let disk = SimulatedDisk()
    disk.image = ["/log/a": bytes]
    let file = try disk.open("/log/a", creates: false)
    var scan = SegmentScan(disk, file, limit: UInt64(bytes.count), from: .init(header, after: 5))
    while try scan.next() != nil {}
    return scan.fault
  }

  @Test func `finds nothing wrong with what is right`() throws {
    #expect(try fault { _ in } == nil)
    let batches = try fault { frames in
      for place in 0..<3 { (frames[place].index, frames[place].count) = (UInt16(place), 3) }
    }
    #expect(batches == nil)
  }

  @Test func `stops at a record that does not follow on the one before`() throws {
    #expect(try fault { $0[3].sequence = 9 } == "record 9 where 4 belongs")
    #expect(try fault { $0[3].chain = 1 } == "record breaks the chain")
    #expect(try fault { $0[0].chain = 1 } == "record breaks the chain")
    #expect(try fault { $0[3].time = 9 } == "record is older than the one before")
    #expect(try fault { $0[0].time = 4 } == "record is older than the one before")
  }

  @Test func `stops at a record that is not the next of its batch`() throws {
    let wrong: [(place: Int, index: UInt16, count: UInt16)] = [
      (2, 1, 2),  // begins in the middle
      (0, 0, 2),  // the second is of another batch
    ]
    for (place, index, count) in wrong {
      let found = try fault { ($0[place].index, $0[place].count) = (index, count) }
      #expect(found == "record does not continue its batch", "\(place)")
    }
    let longer = try fault { frames in
      (frames[0].index, frames[0].count) = (0, 2)
      (frames[1].index, frames[1].count) = (1, 3)
    }
    #expect(longer == "record does not continue its batch")
  }

  @Test func `takes no record with a flag that it does not know`() throws {
    #expect(try fault { $0[3].flags = Frame.lost | Frame.redacted } == nil)
    #expect(try fault { $0[3].flags = 1 } == "no record header that matches its checksum")
  }
}

@Suite("A batch") struct BatchTests {
  @Test func `takes appends up to 4,096 records and 4 MiB`() throws {
    let half = try Batch((0..<2_048).map { record($0) }, in: 0)
    let one = try Batch([record(1)], in: 0)
    #expect(half.takes(half))
    var full = half
    full.join(half, first: 2_049, time: 0)
    #expect(!full.takes(one))
    let large = try Batch([record(1, padding: (2 << 20) - 200)], in: 0)
    var two = large
    #expect(two.takes(large))
    two.join(large, first: 2, time: 0)
    #expect(!two.takes(large))
    #expect(two.takes(one))
  }

  @Test func `is withdrawn for want of room of any kind, and for nothing else`() {
    // ENOSPC, EDQUOT, EFBIG; EIO, EROFS.
    #expect([28, 122, 27].allSatisfy(Errno.isFull))
    #expect(![5, 30].contains(where: Errno.isFull))
  }
}
