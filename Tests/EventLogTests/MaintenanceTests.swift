import Foundation
import Support
import Testing

@testable import EventLog

@Suite("Redaction") struct RedactionTests {
  /// Ten records in four segments, all sealed.
  static func sample() async throws -> LogFolder {
    let folder = try LogFolder()
    folder.options.segmentSize = 700
    let log = try folder.open()
    for first in stride(from: 1, to: 10, by: 3) {
      try await log.add(first..<first + 3, padding: 100)
    }
    try await log.add(10..<11, padding: 100)
    try await log.seal()
    try await log.close()
    return folder
  }

  static func text(_ folder: LogFolder) throws -> String {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      let data = FileManager.default.contents(atPath: folder.path + "/" + $0) ?? Data()
      return String(decoding: data, as: UTF8.self)
    }.joined()
  }

  @Test func `takes the words of records out, and nothing else`() async throws {
    let folder = try await Self.sample()
    let before = try await folder.open().all()
    do {
      let maintenance = try Maintenance(folder.path)
      try maintenance.redact([2, 3, 10].map { Position(rawValue: $0) })
    }
    #expect(try !Self.text(folder).contains("\"n\":2,"))
    let log = try folder.open()
    let after = try await log.all()
    #expect(after.map(\.position) == before.map(\.position))
    #expect(after.map(\.recordedAt) == before.map(\.recordedAt))
    #expect(after.map(\.kind) == before.map(\.kind))
    #expect(after.filter(\.isRedacted).map(\.position.rawValue) == [2, 3, 10])
    for (old, new) in zip(before, after) {
      #expect(new.payload.count == old.payload.count)
      if new.isRedacted {
        #expect(String(decoding: new.payload, as: UTF8.self).hasPrefix(#"{"redacted":true} "#))
      } else {
        #expect(new.payload == old.payload)
      }
    }
    #expect(try await log.verify { _, _ in } == [])
    try await log.add(11..<12)
    #expect(try await log.verify { _, _ in } == [])
  }

  @Test func `refuses a place that no sealed segment has, and changes nothing`() async throws {
    let folder = try await Self.sample()
    let before = try Self.text(folder)
    let maintenance = try Maintenance(folder.path)
    for place in [UInt64(0), 11, 99] {
      #expect(throws: EventLogError.self) {
        try maintenance.redact([Position(rawValue: 2), Position(rawValue: place)])
      }
    }
    #expect(try Self.text(folder) == before)
  }

  @Test func `refuses while another process writes`() async throws {
    let folder = try await Self.sample()
    let log = try folder.open()
    #expect(throws: EventLogError.locked(path: folder.path + "/LOCK", by: getpid())) {
      try Maintenance(folder.path)
    }
    try await log.close()
  }

  @Test(arguments: [1, 2, 17, 40])
  func `leaves no byte of a payload of any length`(length: Int) {
    let payload = [UInt8](repeating: 0x61, count: length)
    let redacted = SegmentRewrite.redacted(payload)
    #expect(redacted.count == length)
    #expect(!redacted.dropLast(max(0, length - 17)).contains(0x0A))
    #expect(redacted != payload)
  }

  @Test func `killed at any call is done or not begun when the log is opened`() async throws {
    var base = SimulatedFolder()
    base.options.segmentSize = 500
    let log = try base.open()
    for number in 1..<8 { try await log.add(number..<number + 1, padding: 300) }
    try await log.close()
    for call in 0..<200 {
      for takesPower in [false, true] {
        let folder = base.copy { _ in }
        folder.disk.plan.power = call
        let isDone: Bool
        do {
          try Self.redact(folder, 3)
          isDone = true
        } catch { isDone = false }
        takesPower ? folder.disk.cutPower() : folder.disk.endProcess()
        let again = try folder.open()
        let records = try await again.all()
        #expect(records.count == 7, "call \(call)")
        #expect(!folder.disk.image.keys.contains { $0.hasSuffix(".new") }, "call \(call)")
        #expect(records.indices.allSatisfy { $0 == 2 || records[$0].number == $0 + 1 })
        #expect(records[2].isRedacted || records[2].number == 3, "call \(call)")
        #expect(records[2].isRedacted || !isDone, "call \(call)")
        #expect(try await again.verify { _, _ in } == [], "call \(call)")
      }
    }
  }

  private static func redact(_ folder: SimulatedFolder, _ place: UInt64) throws {
    try Maintenance(folder.path, folder.disk, locks: false).redact([Position(rawValue: place)])
  }
}

@Suite("A repair") struct RepairTests {
  static func sample() async throws -> SimulatedFolder {
    var folder = SimulatedFolder()
    folder.options.segmentSize = 1_000
    let log = try folder.open()
    for first in stride(from: 1, to: 13, by: 3) {
      try await log.add(first..<first + 3, padding: 150)
    }
    try await log.close()
    return folder
  }

  private func repair(_ folder: SimulatedFolder) throws -> [Repaired] {
    try Maintenance(folder.path, folder.disk, locks: false).repair(at: now)
  }

  @Test func `finds nothing to do in a log that is whole, nor in one that only has a torn tail`()
    async throws
  {
    let folder = try await Self.sample()
    let before = folder.disk.image
    #expect(try repair(folder) == [])
    #expect(folder.disk.image == before)
    // Whole frames of a batch that is not whole were never acknowledged.
    let log = try folder.open()
    try await log.add(13..<16)
    let torn = folder.copy { image in
      image["/log/durable"] = before["/log/durable"]
      image[folder.segments.last!]!.removeLast(20)
    }
    #expect(try repair(torn) == [])
    #expect(try await torn.open().numbers() == Array(1...12))
    let both = torn.copy { $0[folder.segments.last!]![150] ^= 1 }
    #expect(try repair(both).map(\.lost) == [[10]])
    #expect(try await both.open().all().count == 12)
  }

  @Test func `calls for what must go before it, once there is damage and while all is as it was`()
    async throws
  {
    struct NotReady: Error {}
    let folder = try await Self.sample()
    let maintenance = try Maintenance(folder.path, folder.disk, locks: false)
    #expect(try maintenance.repair(at: now) { throw NotReady() } == [])
    let damaged = folder.copy { image in
      for path in folder.segments.prefix(2) { image[path]![140] ^= 1 }
    }
    let before = damaged.disk.image
    let damagedMaintenance = try Maintenance(damaged.path, damaged.disk, locks: false)
    #expect(throws: NotReady.self) { try damagedMaintenance.repair(at: now) { throw NotReady() } }
    #expect(damaged.disk.image == before)
    var calls = 0
    #expect(try damagedMaintenance.repair(at: now) { calls += 1 }.count == 2)
    #expect(calls == 1)
  }

  @Test(arguments: 1...12)
  func `keeps every record but the one that is damaged, wherever it stands`(victim: Int)
    async throws
  {
    let folder = try await Self.sample()
    for part in ["payload", "header"] {
      let copy = folder.copy { image in
        for (path, bytes) in image where path.hasSuffix(".seg") {
          let words = Array("{\"n\":\(victim),".utf8)
          guard let place = bytes.firstRange(of: words)?.lowerBound else { continue }
          image[path]?[part == "payload" ? place + 20 : place - 30] ^= 4
        }
      }
      let repaired = try repair(copy)
      #expect(repaired.map(\.lost) == [[UInt64(victim)]], "\(part)")
      #expect(copy.names(in: "quarantine").count == 1)
      let log = try copy.open()
      let records = try await log.all()
      #expect(records.map(\.position.rawValue) == Array(1...12))
      #expect(records.filter(\.isLost).map(\.position.rawValue) == [UInt64(victim)])
      #expect(records.filter { !$0.isLost }.map(\.number) == (1...12).filter { $0 != victim })
      #expect(try await log.verify { _, _ in } == [])
      #expect(try await log.add(13..<14).lowerBound.rawValue == 13)
      try await log.noteRepairsRecorded()
      try await log.close()
      #expect(try repair(copy) == [])
    }
  }

  @Test func `keeps records that stand in the wrong place, and takes none of another segment`()
    async throws
  {
    let folder = try await Self.sample()
    let frame = Frame.size(payload: record(1, padding: 150).payload.count)
    let swapped = folder.copy { image in
      let bytes = image[folder.segments[0]]!
      image[folder.segments[0]]!.replaceSubrange(
        64..<64 + frame, with: bytes[64 + frame..<64 + 2 * frame])
      image[folder.segments[0]]!.replaceSubrange(
        64 + frame..<64 + 2 * frame, with: bytes[64..<64 + frame])
    }
    #expect(try repair(swapped).map(\.lost) == [[]])
    #expect(try await swapped.open().numbers() == Array(1...12))
    let strange = folder.copy { image in
      let other = image[folder.segments[2]]![64..<64 + frame]
      image[folder.segments[0]]!.replaceSubrange(64..<64 + frame, with: other)
    }
    #expect(try repair(strange).map(\.lost) == [[1]])
    #expect(try await strange.open().all().map(\.number) == [-1] + Array(2...12))
  }

  @Test func `never overwrites what quarantine or torn holds already`() async throws {
    let folder = try await Self.sample()
    let path = "/log/quarantine/" + SegmentHeader.name(1)
    let copy = folder.copy {
      $0[path + ".1"] = [1]
      $0[folder.segments[0]]![140] ^= 1
    }
    _ = try repair(copy)
    #expect(copy.disk.image[path + ".1"] == [1])
    #expect(copy.disk.image[path + ".0"] != nil)
  }

  @Test func `sets a replacement aside that cannot be carried out`() async throws {
    let folder = try await Self.sample()
    let first = String(folder.segments[0].dropFirst(5))
    for todo in [
      "nothing of sense", "\(first) 00000000000000000099.seg \(String(repeating: "0", count: 128))",
    ] {
      let copy = folder.copy {
        $0["/log/replace.todo"] = Array(todo.utf8)
        $0["/log/\(first).new"] = [1]
      }
      #expect(throws: EventLogError.self) { try copy.open() }
      #expect(throws: EventLogError.self) {
        try Maintenance(copy.path, copy.disk, locks: false).redact([Position(rawValue: 1)])
      }
      #expect(try repair(copy) == [])
      #expect(copy.disk.image["/log/quarantine/replace.todo.0"] == Array(todo.utf8))
      #expect(copy.disk.image["/log/quarantine/\(first).new.0"] == [1])
      #expect(try await copy.open().numbers() == Array(1...12))
    }
  }

  @Test func `leaves a log of a later version as it is`() async throws {
    let folder = try await Self.sample()
    let newer = folder.copy { image in
      // Leftovers, and what is to be done, are that version's.
      image["/log/half.tmp"] = [1]
      image["/log/replace.todo"] = [1]
      let path = folder.segments.last!
      image[path]![8] = 2
      var sum: [UInt8] = []
      sum.append(number: CRC32C.checksum(Array(image[path]![..<60])))
      image[path]!.replaceSubrange(60..<64, with: sum)
      image[folder.segments[0]]![140] ^= 1
    }
    let before = newer.disk.image
    #expect(throws: EventLogError.newer(version: 2)) { try repair(newer) }
    #expect(newer.disk.image == before)
  }

  @Test func `puts placeholders where a whole segment or its header is gone`() async throws {
    let folder = try await Self.sample()
    let places = folder.segments.count
    for place in 0..<places {
      let gone = folder.copy { $0[folder.segments[place]] = nil }
      let lost = try repair(gone).flatMap(\.lost)
      let log = try gone.open()
      #expect(try await log.all().filter(\.isLost).map(\.position.rawValue) == lost)
      #expect(!lost.isEmpty)
      #expect(try await log.all().count == 12)
      #expect(try await log.verify { _, _ in } == [])
      let header = folder.copy { $0[folder.segments[place]]![9] ^= 0xFF }
      #expect(try repair(header).map(\.lost) == [[]])
      #expect(try await header.open().numbers() == Array(1...12))
    }
  }

  @Test func `killed at any call is finished by the next one`() async throws {
    let base = try await Self.sample().copy { image in
      for path in image.keys.filter({ $0.hasSuffix(".seg") }).sorted().prefix(2) {
        image[path]![140] ^= 1
      }
    }
    let lost = try repair(base.copy { _ in }).map(\.lost)
    for call in 0..<200 {
      let folder = base.copy { _ in }
      folder.disk.plan.power = call
      let isDone = (try? repair(folder)) != nil
      call % 2 == 0 ? folder.disk.cutPower() : folder.disk.endProcess()
      // Whichever of the two did it, the second tells all.
      let later = Date(timeInterval: 3_600, since: now)
      let told = try Maintenance(folder.path, folder.disk, locks: false).repair(at: later)
      #expect(told.map(\.lost) == lost, "call \(call)")
      if isDone { #expect(told.map(\.at) == [now, now], "call \(call)") }
      let log = try folder.open()
      let records = try await log.all()
      #expect(records.count == 12 && records.count(where: \.isLost) == 2, "call \(call)")
      #expect(try await log.verify { _, _ in } == [], "call \(call)")
      try await log.noteRepairsRecorded()
      try await log.close()
      #expect(try repair(folder) == [], "call \(call)")
    }
  }

  @Test func `tells what it did until that is recorded, twice over as one`() async throws {
    let folder = try await Self.sample()
    func damage(_ number: Int) {
      folder.disk.image =
        folder.copy { image in
          let words = Array("{\"n\":\(number),".utf8)
          for path in folder.segments {
            guard let place = image[path]!.firstRange(of: words) else { continue }
            image[path]![place.lowerBound + 20] ^= 1
          }
        }.disk.image
    }
    damage(2)
    #expect(try repair(folder).map(\.lost) == [[2]])
    #expect(try repair(folder).map(\.lost) == [[2]])
    for number in [3, 8, 9] { damage(number) }
    #expect(try repair(folder).flatMap(\.lost) == [2, 3, 8, 9])
    folder.disk.image["/log/repaired.todo"]! += Array("strange\n".utf8)
    #expect(throws: EventLogError.self) { try repair(folder) }
  }
}
