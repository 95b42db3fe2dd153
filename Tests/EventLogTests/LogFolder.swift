import Foundation
import Testing

@testable import EventLog

/// A log in a folder of its own, with a small disk floor.
final class LogFolder {
  let path = NSTemporaryDirectory() + "tidings-log-" + UUID().uuidString
  var options = SegmentedLog.Options()
  static let now = Date(timeIntervalSince1970: 1_715_837_220)

  init() {
    options.floor = 0
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func open() throws -> SegmentedLog {
    try SegmentedLog.open(path, options: options, now: Self.now)
  }

  var lastSegment: String {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    return path + "/" + ((names ?? []).filter { $0.hasSuffix(".seg") }.max() ?? "none")
  }

  func bytes(_ file: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: file)))
  }

  func write(_ bytes: [UInt8], to file: String) throws {
    try Data(bytes).write(to: URL(filePath: file))
  }

  /// Puts the watermark away, as if the power went before it was written back.
  func forgetWatermark() throws {
    try? FileManager.default.removeItem(atPath: path + "/durable")
  }
}

/// A record that says its number.
func record(_ number: Int, padding: Int = 0) -> NewRecord {
  let payload = "{\"n\":\(number),\"pad\":\"" + String(repeating: "x", count: padding) + "\"}"
  return NewRecord(id: UInt128(number), kind: 7, payload: Array(payload.utf8))
}

extension SegmentedLog {
  @discardableResult
  func add(_ numbers: Range<Int>, padding: Int = 0) async throws -> Range<Position> {
    try await append(
      numbers.map { record($0, padding: padding) }, to: .alerts, at: LogFolder.now)
  }

  /// The numbers of all records, in order.
  func numbers() async throws -> [Int] {
    var numbers: [Int] = []
    var position = Position.origin
    while case let batch = try await read(from: position, limit: 100), let last = batch.last {
      numbers += batch.map { record in
        let text = String(decoding: record.payload, as: UTF8.self)
        return Int(text.dropFirst(5).prefix { $0.isNumber }) ?? -1
      }
      position = last.position.next
    }
    return numbers
  }
}
