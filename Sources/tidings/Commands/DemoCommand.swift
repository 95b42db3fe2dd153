import Rules
import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Logging
import Sending
import Serving
import Text

/// The whole thing on this machine, with no network.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Show it all on this machine: sample feeds, sample rules, alerts as they come.",
    discussion: """
      Serves its own changing feeds on loopback and watches them. Ctrl-C ends it and removes its
      temporary folder; --fast ends by itself.
      Example: tidings demo
      Example: tidings demo --fast
      """)

  @Flag(help: "Let time go by quickly and end after about ten seconds.")
  var fast = false

  @Option(help: "Where the page listens, or none.")
  var page = "127.0.0.1:8474"

  @Option(help: "Keep log, views and alerts in this folder, which must not exist.")
  var keep: String?

  func run() async throws {
    let folder = try makeFolder()
    defer { if keep == nil { try? FileManager.default.removeItem(atPath: folder) } }
    // Read before the news begins: what came while the daemon waits for lists would be old to it.
    _ = ReadingModels.shared(nil)
    let newsroom = DemoNewsroom(
      start: WallClock.now(), step: fast ? .milliseconds(400) : .milliseconds(1_500))
    let feeds = try Server(listen: "127.0.0.1:0") { newsroom.respond(to: $0, at: WallClock.now()) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await feeds.run() }
      let port = try await feeds.port()
      let file = try write(DemoNewsroom.outlets, port: port, in: folder)
      let logger = Logger(label: "tidings") { _ in
        var log = LineLog(isJournal: false)
        log.logLevel = .error
        return log
      }
      let configuration = try Configuration.read(file)
      let daemon = try await Daemon(configuration, logger: logger)
      let events = await daemon.events
      let hangUps = await Signals.hangUps()
      group.addTask { try await daemon.run(hangUps) }
      group.addTask { try await show(events) }
      greet(configuration)
      if fast {
        try await Task.sleep(for: .seconds(9))
      } else {
        // The daemon ends by the signal that Ctrl-C is; then nothing is left to show.
        try await group.next()
      }
      group.cancelAll()
      while let result = await group.nextResult() {
        if case .failure(let error) = result, !(error is CancellationError) { throw error }
      }
    }
  }

  private func makeFolder() throws -> String {
    let temporary = FileManager.default.temporaryDirectory.path
    let folder = keep ?? temporary + "/tidings-demo-\(ProcessInfo.processInfo.processIdentifier)"
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw Failure(folder, "is there already", fix: "name a folder that is not")
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  /// The configuration of the demo: its feeds, and the sample rules, entities and topics.
  private func write(_ outlets: [DemoNewsroom.Outlet], port: Int, in folder: String) throws
    -> String
  {
    let feeds = outlets.map { outlet in
      "  - {name: \(outlet.name), url: \"http://127.0.0.1:\(port)/\(outlet.name).\(outlet.format.ending)\", "
        + "every: 1s, private_network: true}"
    }
    let head =
      "include: [sample/*.yaml]\npage: \"\(fast ? "none" : page)\"\npoll: {first_poll: seed}\nfeeds:\n"
    try FileManager.default.createDirectory(
      atPath: folder + "/sample", withIntermediateDirectories: true)
    for (name, text) in [
      ("tidings.yaml", head + feeds.joined(separator: "\n") + "\n"),
      ("sample/rules.yaml", SampleConfiguration.rules),
      ("sample/entities.yaml", SampleConfiguration.entities),
      ("sample/topics.yaml", SampleConfiguration.topics),
    ] {
      try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
    }
    return folder + "/tidings.yaml"
  }

  private func greet(_ configuration: Configuration) {
    Terminal.line(
      "\(configuration.feeds.count) feeds on this machine, \(configuration.rules.written.count) rules; "
        + "alerts as they come"
        + (configuration.page.map { ", and the page at http://\($0)/" } ?? ""))
  }

  private func show(_ log: SegmentedLog) async throws {
    do {
      try await follow(log)
    } catch EventLogError.closed {
      // The daemon has ended; all it raised was shown.
    }
  }

  private func follow(_ log: SegmentedLog) async throws {
    for try await records in log.subscribe(from: .origin) {
      for record in records {
        guard let alert = try Alert(lineOf: record) else { continue }
        let line = AlertLine(alert, cursor: record.position.rawValue)
        Terminal.line(line.person(color: Terminal.hasColor))
      }
    }
  }
}
