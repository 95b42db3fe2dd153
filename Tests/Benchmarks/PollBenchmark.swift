import Core
import Curl
import Fetching
import Foundation
import GRDB
import Glibc
import Support

/// Polls of a thousand feeds by the built binary, each on a host of its own, beside `curl --parallel`.
///
/// What counts is the CPU time of a whole process, user and system, a feed: ours fetches, reads, appends,
/// folds and judges; curl only fetches. The server runs in a process of its own and is not counted.
enum PollBenchmark {
  private static let feeds = 1_000

  /// Answers on loopback until standard input ends; says its port first.
  static func serve() throws {
    let server = try LocalServer { request in
      let tag = "\"\(request.target)\""
      if request["if-none-match"] != nil { return .answer(304, [("ETag", tag)]) }
      return .answer(
        200, [("Content-Type", "application/rss+xml"), ("ETag", tag)], document(request.target))
    }
    print(server.port)
    fflush(nil)
    while readLine() != nil {}
    server.stop()
  }

  /// Twenty entries, 37 KB: what a news site shows, of other words for each feed; the newest is `last`.
  static func document(_ path: String, last: Int = 19) -> String {
    let seed = path.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let items = (last - 19...last).map { number in
      "<item><title>\(Benchmarks.text(8, seed: seed &+ UInt64(number)))</title>"
        + "<link>https://n.example\(path)/\(number)</link><guid>\(path)-\(number)</guid>"
        + "<pubDate>Thu, 16 May 2024 12:27:00 WIB</pubDate><description><![CDATA[<p>"
        + "\(Benchmarks.text(300, seed: seed &+ UInt64(number) &+ 9))</p>]]></description></item>"
    }
    return "<rss version=\"2.0\"><channel><title>\(path)</title>\(items.joined())</channel></rss>"
  }

  static func run() async throws {
    let folder = NSTemporaryDirectory() + "tidings-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (server, port, input) = try start("serve")
    defer {
      try? input.close()
      server.waitUntilExit()
    }
    let named = try daemon(port, folder + "/named", findNames: true)
    let ours = try daemon(port, folder + "/plain", findNames: false)
    try addresses(port).write(toFile: folder + "/urls", atomically: true, encoding: .utf8)
    let curl = [
      "/usr/bin/env", "curl", "-sS", "--no-progress-meter", "--parallel", "--parallel-max", "64",
      "-K",
    ]
    let cold = try cpu(curl + [folder + "/urls"])
    for (what, arguments) in [("cold, with names", named), ("cold", ours)] {
      Benchmarks.row(
        "poll 1,000 feeds, \(what)", try cpu(arguments), cold, "us CPU/feed", "curl --parallel")
    }
    // What starting and stopping take is in all of these.
    Benchmarks.figure("run with nothing due, of the same feeds", try cpu(ours), "us CPU/feed")
    try makeAllDue(folder + "/plain/data/state.sqlite")
    let known = (try cpu(ours), try cpu(curl + [folder + "/urls", "-H", "If-None-Match: \"1\""]))
    Benchmarks.row("poll 1,000 feeds, 304", known.0, known.1, "us CPU/feed", "curl --parallel")
    try await fetch(port, curl + [folder + "/urls"])
  }

  /// Fetching alone, of documents that are thrown away, by turns with curl.
  private static func fetch(_ port: Int, _ curl: [String]) async throws {
    let fetcher = FeedFetcher(try HTTPClient())
    var turns: [(ours: Double, reference: Double)] = []
    for _ in 0..<3 {
      let ours = try await ContinuousClock().measure { try await fetchAll(port, fetcher) }
      let reference = try ContinuousClock().measure { _ = try cpu(curl) }
      turns.append((ours.seconds, reference.seconds))
    }
    Benchmarks.row("fetch alone", turns, per: Double(feeds), "requests/s", "curl --parallel")
  }

  /// As many at once as curl.
  private static func fetchAll(_ port: Int, _ fetcher: FeedFetcher) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<feeds {
        if number >= 64 { try await group.next() }
        let url = address(number, port)
        let feed = Feed(id: Feed.ID("f\(number)"), url: url, privateNetwork: true)
        group.addTask {
          let fetched = try await fetcher.fetch(feed, PollState(url: url), now: .distantPast)
          guard fetched.status == 200 else { throw CocoaError(.fileReadUnknown) }
        }
      }
      try await group.waitForAll()
    }
  }

  /// A server of this program's `command`, in a process of its own; it ends with its input.
  static func start(_ command: String) throws -> (Process, port: Int, input: FileHandle) {
    let server = Process()
    let (input, output) = (Pipe(), Pipe())
    server.executableURL = URL(filePath: binary("tidings-bench"))
    server.arguments = [command]
    server.standardInput = input
    server.standardOutput = output
    try server.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw CocoaError(.fileReadUnknown)
    }
    return (server, port, input.fileHandleForWriting)
  }

  /// The built program beside this one.
  static func binary(_ name: String) -> String {
    URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: name).path
  }

  /// Names under `localhost` all lead to loopback (RFC 6761 §6.3), so each feed has its own host.
  private static func address(_ number: Int, _ port: Int) -> String {
    "http://f\(number).localhost:\(port)/\(number)"
  }

  /// The command of one round with all feeds, of its own folder.
  private static func daemon(_ port: Int, _ folder: String, findNames: Bool) throws -> [String] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = folder + "/tidings.yaml"
    try (configuration(port) + "find_names: \(findNames)\n").write(
      toFile: file, atomically: true, encoding: .utf8)
    return [binary("tidings"), "run", "--once", "--config", file]
  }

  private static func configuration(_ port: Int) -> String {
    let lines = (0..<feeds).map { "  - {name: f\($0), url: \"\(address($0, port))\", every: 1h}" }
    return "page: none\npoll: {private_networks: true}\n"
      + "rules: [{id: quake, match: gempa~id OR earthquake}]\nfeeds:\n"
      + lines.joined(separator: "\n") + "\n"
  }

  private static func addresses(_ port: Int) -> String {
    (0..<feeds).map { "url = \"\(address($0, port))\"\noutput = \"/dev/null\"\n" }.joined()
  }

  /// An hour passes.
  private static func makeAllDue(_ file: String) throws {
    let store = try DatabaseQueue(path: file)
    try store.write { try $0.execute(sql: "UPDATE feed SET next_due = 0, hint_until = NULL") }
    try store.close()
  }

  /// Microseconds of CPU a feed that a command took.
  ///
  /// - Throws: where it fails, for a figure of a failed run means nothing.
  private static func cpu(_ command: [String]) throws -> Double {
    let before = childSeconds()
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return (childSeconds() - before) * 1e6 / Double(feeds)
  }

  private static func childSeconds() -> Double {
    var usage = rusage()
    unsafe getrusage(RUSAGE_CHILDREN.rawValue, &usage)
    let (user, system) = (usage.ru_utime, usage.ru_stime)
    return Double(user.tv_sec + system.tv_sec) + Double(user.tv_usec + system.tv_usec) / 1e6
  }
}
