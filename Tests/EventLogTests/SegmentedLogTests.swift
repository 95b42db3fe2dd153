import Foundation
import Testing

@testable import EventLog

@Suite("An event log") struct SegmentedLogTests {
  let folder: LogFolder

  init() throws {
    folder = try LogFolder()
  }

  @Test func `gives back what was appended, now and after it was opened again`() async throws {
    let log = try folder.open()
    let first = try await log.add(1..<3)
    #expect(first == Position(rawValue: 1)..<Position(rawValue: 3))
    try await log.add(3..<4)
    #expect(try await log.numbers() == [1, 2, 3])
    try await log.close()
    let again = try folder.open()
    #expect(try await again.numbers() == [1, 2, 3])
    #expect(try await again.add(4..<5).lowerBound == Position(rawValue: 4))
  }

  @Test(arguments: [1, 7, 8, 2 << 20])
  func `keeps payloads of any size`(size: Int) async throws {
    let log = try folder.open()
    let payload = [UInt8](repeating: UInt8(ascii: "a"), count: size)
    try await log.append(
      [NewRecord(id: 1, kind: 9, payload: payload)], to: .people, at: now)
    let record = try #require(try await log.read(from: .origin, limit: 1).first)
    #expect(record.payload == payload)
    #expect(record.kind == 9)
    #expect(record.belongs(to: .people))
    #expect(record.recordedAt == now)
  }

  @Test func `refuses what is no line of JSON or too much`() async throws {
    let log = try folder.open()
    for payload in [[], Array("a\nb".utf8), [UInt8](repeating: 65, count: (2 << 20) + 1)] {
      let bad = NewRecord(id: 1, kind: 1, payload: payload)
      await #expect(throws: EventLogError.self) {
        try await log.append([bad], to: .alerts, at: now)
      }
    }
    await #expect(throws: EventLogError.self) { try await log.add(0..<4_097) }
    #expect(try await log.numbers() == [])
  }

  @Test func `rolls to new segments that follow on each other`() async throws {
    folder.options.segmentSize = 4_096
    let log = try folder.open()
    for number in 0..<50 { try await log.add(number * 3..<number * 3 + 3, padding: 200) }
    #expect(try await log.numbers() == Array(0..<150))
    let statistics = try await log.statistics()
    #expect(statistics.segments > 5)
    #expect(try await log.verify { _, _ in } == [])
    try await log.close()
    let again = try folder.open()
    #expect(try await again.numbers() == Array(0..<150))
    try await again.add(150..<151)
    #expect(try await again.verify { _, _ in } == [])
  }

  @Test func `has one writer, and tells a second one who it is`() async throws {
    let log = try folder.open()
    #expect(throws: EventLogError.locked(path: folder.path + "/LOCK", by: getpid())) {
      try folder.open()
    }
    try await log.add(1..<2)
  }

  @Test func `shows a reader what is durable, and follows the writer`() async throws {
    let log = try folder.open()
    try await log.add(1..<3)
    let reader = try SegmentedLog.reader(folder.path, options: folder.options)
    #expect(try await reader.numbers() == [1, 2])
    try await log.add(3..<4)
    #expect(try await reader.numbers() == [1, 2, 3])
    await #expect(throws: EventLogError.self) { try await reader.add(9..<10) }
  }

  @Test func `goes on where its watermark was cut off, and shows readers how far it is`()
    async throws
  {
    let log = try folder.open()
    try await log.add(1..<2)
    // Memory behind the end of a file ends the program that stores there.
    try #require(unsafe truncate(folder.path + "/durable", 0) == 0)
    try await log.add(2..<3)
    try await log.add(3..<4)
    let reader = try SegmentedLog.reader(folder.path, options: folder.options)
    #expect(try await reader.numbers() == [1, 2, 3])
    try await log.close()
    #expect(try await folder.open().numbers() == [1, 2, 3])
  }

  @Test func `is read again by a reader that met a watermark half stored`() async throws {
    let simulated = SimulatedFolder()
    try await simulated.open().add(1..<3)
    let reader = try simulated.reader()
    simulated.disk.plan.blindReads = 1
    #expect(try await reader.end == Position(rawValue: 3))
    simulated.disk.plan.blindReads = .max
    await #expect(throws: EventLogError.self) { try await reader.end }
  }

  @Test func `refuses an append when its stream has moved on`() async throws {
    let log = try folder.open()
    let first = try await log.append([record(1)], to: .feed("a"), at: now)
    let seen = first.lowerBound
    try await log.append([record(2)], to: .feed("b"), at: now, ifUnchangedSince: seen)
    try await log.append([record(3)], to: .feed("a"), at: now, ifUnchangedSince: seen)
    await #expect(throws: EventLogError.changed(.feed("a"), last: Position(rawValue: 3))) {
      try await log.append([record(4)], to: .feed("a"), at: now, ifUnchangedSince: seen)
    }
    #expect(try await log.numbers() == [1, 2, 3])
  }

  @Test func `refuses a decision from before it was opened, for it knows no stream that far back`()
    async throws
  {
    let log = try folder.open()
    let seen = try await log.add(1..<2).lowerBound
    let end = try await log.add(2..<3).lowerBound
    try await log.close()
    let again = try folder.open()
    await #expect(throws: EventLogError.changed(.people, last: end)) {
      try await again.append([record(3)], to: .people, at: now, ifUnchangedSince: seen)
    }
    try await again.append([record(3)], to: .people, at: now, ifUnchangedSince: end)
    #expect(try await again.numbers() == [1, 2, 3])
  }

  @Test func `keeps times in order when the clock goes back`() async throws {
    let log = try folder.open()
    try await log.append([record(1)], to: .daemon, at: now)
    try await log.append([record(2)], to: .daemon, at: now.addingTimeInterval(-7_200))
    let times = try await log.read(from: .origin, limit: 9).map(\.recordedAt)
    #expect(times == [now, now])
    #expect(try await log.position(atOrAfter: now) == Position(rawValue: 1))
    #expect(
      try await log.position(atOrAfter: now.addingTimeInterval(1))
        == Position(rawValue: 3))
  }

  /// Ten years ahead, back, and standing still: the order stays, and so does the search.
  @Test func `keeps order and search where the clock jumps`() async throws {
    folder.options.segmentSize = 200
    let log = try folder.open()
    let years = now.addingTimeInterval(10 * 365 * 86_400)
    for (number, time) in [now, years, now, now, years, now].enumerated() {
      try await log.append([record(number)], to: .daemon, at: time)
    }
    let records = try await log.all()
    #expect(records.map(\.number) == Array(0..<6))
    #expect(records.map(\.recordedAt) == [now] + Array(repeating: years, count: 5))
    #expect(try await log.statistics().segments > 2)
    #expect(try await log.position(atOrAfter: now) == Position(rawValue: 1))
    #expect(try await log.position(atOrAfter: now.addingTimeInterval(1)) == Position(rawValue: 2))
    #expect(try await log.position(atOrAfter: years) == Position(rawValue: 2))
    try await log.close()
    let again = try folder.open()
    try await again.append([record(6)], to: .daemon, at: now)
    #expect(try await again.all().last?.recordedAt == years)
  }

  @Test func `takes as much in one append as it says, and no more`() async throws {
    let log = try folder.open()
    #expect(try await log.add(0..<4_096).upperBound.rawValue == 4_097)
    let half = (2 << 20) - 80
    #expect(Frame.size(payload: record(1, padding: half).payload.count) <= 2 << 20)
    try await log.append([1, 2].map { record($0, padding: half) }, to: .alerts, at: now)
    await #expect(throws: EventLogError.self) {
      try await log.append([1, 2, 3].map { record($0, padding: half) }, to: .alerts, at: now)
    }
    try await log.close()
    let again = try folder.open()
    #expect(try await again.numbers() == Array(0..<4_096) + [1, 2])
    #expect(try await again.verify { _, _ in } == [])
  }

  @Test func `hands out past and live without gap or repeat`() async throws {
    let log = try folder.open()
    try await log.add(0..<10)
    let reading = Task {
      var numbers: [UInt64] = []
      for try await batch in log.subscribe(from: .origin) {
        numbers += batch.map(\.position.rawValue)
        if numbers.count >= 210 { break }
      }
      return numbers
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for number in 0..<50 {
            try await log.add(writer * 100 + number..<writer * 100 + number + 1)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await reading.value == Array(1...210))
  }

  @Test func `ends a subscription with its task`() async throws {
    let log = try folder.open()
    let reading = Task {
      for try await _ in log.subscribe(from: .origin) {}
      return true
    }
    reading.cancel()
    #expect(try await reading.value)
  }

  @Test func `ends a subscription that waits already with its task`() async throws {
    let log = try folder.open()
    let reading = Task {
      for try await _ in log.subscribe(from: .origin) {}
      return true
    }
    while await log.readers.isEmpty { await Task.yield() }
    reading.cancel()
    #expect(try await reading.value)
    #expect(await log.readers.isEmpty)
  }

  @Test func `begins a new segment after a day`() async throws {
    let log = try folder.open()
    try await log.add(1..<2)
    try await log.append([record(2)], to: .daemon, at: now.addingTimeInterval(86_400))
    #expect(try await log.statistics().segments == 1)
    try await log.append([record(3)], to: .daemon, at: now.addingTimeInterval(86_401))
    #expect(try await log.statistics().segments == 2)
    #expect(try await log.numbers() == [1, 2, 3])
  }

  @Test func `ends a subscription with what closed the log, once all was handed out`() async throws
  {
    let log = try folder.open()
    try await log.add(1..<3)
    var batches = log.subscribe(from: .origin).makeAsyncIterator()
    #expect(try await batches.next()?.map(\.number) == [1, 2])
    let waiting = Task {
      var rest = batches
      return try await rest.next()
    }
    try await log.close()
    await #expect(throws: EventLogError.closed) { try await waiting.value }
  }

  @Test func `reads nothing once it is closed, whoever has its descriptors now`() async throws {
    let log = try folder.open()
    try await log.add(1..<3)
    let reader = try SegmentedLog.reader(folder.path, options: folder.options)
    for closed in [log, reader] {
      try await closed.close()
      await #expect(throws: EventLogError.closed) { try await closed.numbers() }
      await #expect(throws: EventLogError.closed) { try await closed.statistics() }
      await #expect(throws: EventLogError.closed) { try await closed.position(atOrAfter: now) }
      await #expect(throws: EventLogError.closed) { try await closed.verify { _, _ in } }
    }
    await #expect(throws: EventLogError.closed) { try await reader.end }
    try await log.close()
  }
}
