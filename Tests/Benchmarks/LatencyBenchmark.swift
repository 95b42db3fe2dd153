import Core
import EventLog
import Foundation
import Glibc
import Support
import Synchronization

/// From an article's record to its line in `alerts.jsonl`, with the built program: `tidings-bench latency [SECONDS]`.
///
/// Sixteen feeds bring an article each second. The time of a record is taken before it is appended, that of a
/// line when another process sees it, so both syncs and both ways through the kernel count.
enum LatencyBenchmark {
  private static let feeds = 16

  static func run() async throws {
    let seconds = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 20
    let folder = NSTemporaryDirectory() + "tidings-latency-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let served = Mutex(0)
    let server = try LocalServer { request in
      let number = served.withLock { number in
        number += 1
        return number
      }
      return .answer(
        200, [("Content-Type", "application/rss+xml")], document(request.target, number))
    }
    defer { server.stop() }
    try configuration(server).write(
      toFile: folder + "/tidings.yaml", atomically: true, encoding: .utf8)
    let daemon = Process()
    daemon.executableURL = URL(filePath: PollBenchmark.binary("tidings"))
    daemon.arguments = ["run", "--config", folder + "/tidings.yaml"]
    daemon.standardError = FileHandle.nullDevice
    daemon.standardOutput = FileHandle.nullDevice
    try daemon.run()
    let seen = watch(folder + "/alerts.jsonl", for: seconds)
    daemon.terminate()
    daemon.waitUntilExit()
    try await tell(seen, appended(folder + "/data/log"))
  }

  private static func configuration(_ server: LocalServer) -> String {
    let lines = (0..<feeds).map {
      "  - {name: f\($0), url: \"\(server.address("/\($0)"))\", every: 1s}"
    }
    return """
      page: none
      poll: {private_networks: true, rate: 0, first_poll: alert}
      rules: [{id: each, match: gempa AND kota, cooldown: 1s}]
      feeds:
      \(lines.joined(separator: "\n"))

      """
  }

  private static func document(_ target: String, _ number: Int) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0"><channel><title>f\(target)</title><link>http://news.example\(target)</link>
    <description>Uji</description><item><title>Gempa di kota \(number)</title><guid>\(number)</guid>
    <link>http://news.example\(target)/\(number)</link><description>Kabar gempa \(number).</description>
    </item></channel></rss>
    """
  }

  /// When the line of each article was there, looking all the time.
  private static func watch(_ file: String, for seconds: Int) -> [String: Date] {
    var seen: [String: Date] = [:]
    var rest: [UInt8] = []
    let end = ContinuousClock.now + .seconds(seconds)
    while !FileManager.default.fileExists(atPath: file), ContinuousClock.now < end { usleep(1_000) }
    guard let handle = FileHandle(forReadingAtPath: file) else { return [:] }
    while ContinuousClock.now < end {
      let data = handle.availableData
      guard !data.isEmpty else {
        usleep(200)
        continue
      }
      let now = Date()
      rest += data
      let lines = rest.split(separator: 0x0A, omittingEmptySubsequences: false)
      for line in lines.dropLast() { note(Array(line), now, &seen) }
      rest = Array(lines.last ?? [])
    }
    return seen
  }

  private static func note(_ line: [UInt8], _ now: Date, _ seen: inout [String: Date]) {
    guard let value = try? JSONValue(parsing: line), value["state"]?.string == "fired",
      let id = value["article"]?["id"]?.string
    else { return }
    seen[id] = now
  }

  /// When the record of each article was appended.
  private static func appended(_ folder: String) async throws -> [String: Date] {
    let log = try SegmentedLog.reader(folder)
    var appended: [String: Date] = [:]
    var next = Position.origin
    while case let records = try await log.read(from: next, limit: 1_000), let last = records.last {
      for record in records where record.kind == EventKind.articlePublished.rawValue {
        if case .articlePublished(let article, _) = try Event(
          kind: record.kind, json: record.payload
        ).fact {
          appended[article.id.rawValue] = record.recordedAt
        }
      }
      next = last.position.next
    }
    return appended
  }

  private static func tell(_ seen: [String: Date], _ appended: [String: Date]) async throws {
    let waits = appended.compactMap { id, at in seen[id].map { $0.timeIntervalSince(at) * 1_000 } }
      .sorted()
    guard !waits.isEmpty else { return print("append to line: no line came") }
    func rank(_ share: Double) -> Double {
      waits[min(waits.count - 1, Int(Double(waits.count) * share))]
    }
    Benchmarks.figure("append to line, \(waits.count) lines, the middle", rank(0.5), "ms")
    Benchmarks.figure("append to line, p99", rank(0.99), "ms")
    Benchmarks.figure("append to line, the longest", waits[waits.count - 1], "ms")
  }
}
