import Foundation
import Support
import Synchronization

@testable import EventLog

/// A log on the real disk, in a folder of its own and without a floor of free space.
final class LogFolder {
  let folder: TemporaryFolder
  var options = SegmentedLog.Options()

  init() throws {
    folder = try TemporaryFolder()
    options.floor = 0
  }

  var path: String { folder.path("log") }

  func open() throws -> SegmentedLog {
    try SegmentedLog.open(path, options: options, now: now)
  }
}

/// A log on a simulated disk.
struct SimulatedFolder {
  let disk: SimulatedDisk
  let path = "/log"
  var options = SegmentedLog.Options()

  init(seed: UInt64 = 0) {
    disk = SimulatedDisk(seed: seed)
    options.floor = 0
    // The test's own cuts decide what the disk keeps of it.
    options.watermarkDelay = .seconds(86_400)
  }

  /// The same files on another disk.
  func copy(_ change: (inout [String: [UInt8]]) -> Void) -> SimulatedFolder {
    var copy = SimulatedFolder()
    copy.options = options
    var image = disk.image
    change(&image)
    copy.disk.image = image
    return copy
  }

  func open(warn: @escaping SegmentedLog.Warn = { _ in }) throws -> SegmentedLog {
    try SegmentedLog(path, disk, options, now, warn: warn, locks: false)
  }

  func reader() throws -> SegmentedLog {
    try SegmentedLog(reading: path, disk, options)
  }

  var segments: [String] { disk.image.keys.filter { $0.hasSuffix(".seg") }.sorted() }

  func names(in folder: String) -> [String] {
    disk.image.keys.filter { $0.hasPrefix("/log/\(folder)/") }.sorted()
  }
}

/// What a log warned of.
final class Warnings: Sendable {
  private let said = Mutex<[EventLogError]>([])

  var all: [EventLogError] { said.withLock { $0 } }

  func add(_ error: EventLogError) {
    said.withLock { $0.append(error) }
  }
}

let now = Date(timeIntervalSince1970: 1_715_837_220)

/// A record that says its number.
func record(_ number: Int, padding: Int = 0) -> NewRecord {
  let payload = "{\"n\":\(number),\"pad\":\"" + String(repeating: "x", count: padding) + "\"}"
  return NewRecord(id: UInt128(number), kind: 7, payload: Array(payload.utf8))
}

extension Record {
  /// The number that it says; -1 where its words are gone.
  var number: Int {
    let text = String(decoding: payload, as: UTF8.self)
    return Int(text.dropFirst(5).prefix { $0.isNumber }) ?? -1
  }
}

extension SegmentedLog {
  @discardableResult
  func add(_ numbers: Range<Int>, padding: Int = 0) async throws -> Range<Position> {
    try await append(numbers.map { record($0, padding: padding) }, to: .alerts, at: now)
  }

  /// All records, in order.
  func all() async throws -> [Record] {
    var records: [Record] = []
    while case let batch = try await read(
      from: records.last?.position.next ?? .origin, limit: 100), !batch.isEmpty
    {
      records += batch
    }
    return records
  }

  /// The numbers of all records, in order.
  func numbers() async throws -> [Int] { try await all().map(\.number) }
}
