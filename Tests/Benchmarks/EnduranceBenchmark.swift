import Foundation
import Glibc

/// Many feeds for many minutes: `tidings-bench endurance [FEEDS [MINUTES [SECONDS]]]`.
///
/// Each feed has a host of its own and is asked every so many SECONDS; among them are one host that hangs,
/// one that floods and one that lies, with three feeds each. What counts is that memory stays flat, and
/// that nobody is asked late for the sake of those three.
enum EnduranceBenchmark {
  static func run() throws {
    let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
    let feeds = numbers.first ?? 10_000
    let minutes = numbers.dropFirst().first ?? 10
    let every = numbers.dropFirst(2).first ?? 120
    let folder = NSTemporaryDirectory() + "tidings-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (server, port, input) = try PollBenchmark.start("serve-all")
    defer {
      try? input.close()
      server.waitUntilExit()
    }
    try configuration(port, feeds: feeds, every: every).write(
      toFile: folder + "/tidings.yaml", atomically: true, encoding: .utf8)
    print("\(feeds) feeds, each every \(every) s, for \(minutes) minutes")
    let daemon = Process()
    daemon.executableURL = URL(filePath: PollBenchmark.binary("tidings"))
    daemon.arguments = ["run", "--config", folder + "/tidings.yaml"]
    daemon.standardError = FileHandle.nullDevice
    daemon.standardOutput = FileHandle.nullDevice
    try daemon.run()
    watch(daemon.processIdentifier, for: minutes, server, input)
    daemon.terminate()
    daemon.waitUntilExit()
    print("ended with \(daemon.terminationStatus)")
  }

  /// Prints a line each half minute: memory, processor time, and what the server says.
  private static func watch(
    _ pid: Int32, for minutes: Int, _ server: Process, _ input: FileHandle
  ) {
    let output = (server.standardOutput as? Pipe)?.fileHandleForReading
    for half in 1...max(1, 2 * minutes) {
      sleep(30)
      guard kill(pid, 0) == 0 else { return print("the daemon has ended") }
      input.write(Data("\n".utf8))
      let said = output.map { String(decoding: $0.availableData, as: UTF8.self) } ?? ""
      print(
        "\(half * 30) s: \(megabytes(pid)), \(processorSeconds(pid)) s CPU; "
          + said.trimmingCharacters(in: .whitespacesAndNewlines))
      fflush(nil)
    }
  }

  /// Resident memory, and the part of it that no file stands behind.
  private static func megabytes(_ pid: Int32) -> String {
    let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
    func value(_ name: String) -> Int {
      let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") } ?? ""
      return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
        / 1_024
    }
    return "\(value("VmRSS")) MB resident, \(value("RssAnon")) of it our own"
  }

  private static func processorSeconds(_ pid: Int32) -> Int {
    let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    let fields = stat.split(separator: " ")
    guard fields.count > 14, let user = Int(fields[13]), let system = Int(fields[14]) else {
      return 0
    }
    return (user + system) / sysconf(Int32(_SC_CLK_TCK))
  }

  private static func configuration(_ port: Int, feeds: Int, every: Int) -> String {
    let bad = ["hang", "flood", "lie"].flatMap { name in
      (0..<3).map { (name + "\($0)", "http://\(name).localhost:\(port)/\(name)/\($0)") }
    }
    let good = (0..<feeds).map { ("f\($0)", "http://f\($0).localhost:\(port)/\($0)") }
    let lines = (bad + good).map { "  - {name: \($0.0), url: \"\($0.1)\", every: \(every)s}" }
    return "page: none\npoll: {private_networks: true}\n"
      + "rules: [{id: quake, match: gempa~id OR earthquake}]\nfeeds:\n"
      + lines.joined(separator: "\n") + "\n"
  }
}
