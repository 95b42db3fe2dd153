import Core
import Foundation
import Glibc
import Support
import Testing

@Suite("The views of a daemon", .timeLimit(.minutes(15))) struct RebuildCommandTests {
  let stand: Newsstand
  let installation: Installation

  init() throws {
    stand = try Newsstand(feeds: ["one", "two"], limit: 9)
    installation = try Installation(
      """
      page: none
      poll: {rate: 0}
      rules: [{id: watch, match: sandi}]
      entities: {Q1: {name: Kabar, type: place, aliases: [kabar]}}
      topics: {news: {name: News, match: kabar}}
      \(stand.configuration)
      """)
  }

  @Test func `are folded anew beside a daemon, which takes them at its next start`() async throws {
    defer { stand.server.stop() }
    let daemon = try installation.start("run")
    await stand.everyFeed(asked: 2)
    let rebuild = try installation.run("rebuild")
    #expect(rebuild.status == 0, "\(rebuild.errors)")
    #expect(rebuild.output.hasSuffix("; the running daemon takes it at its next start\n"))
    #expect(FileManager.default.fileExists(atPath: installation.path("data/views.sqlite.ready")))
    await stand.everyFeed(asked: 3)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    #expect(try installation.run("run", "--once").status == 0)
    #expect(!FileManager.default.fileExists(atPath: installation.path("data/views.sqlite.ready")))
    // Each process has a seed of its own for hashing, and none of them may show in the rows.
    for _ in 0..<3 {
      let check = try installation.run("rebuild", "--check")
      #expect(check.status == 0 && check.output == "equal\n", "\(check.output)\(check.errors)")
    }
  }

  @Test func `have the same rows whatever seed hashing has`() throws {
    defer { stand.server.stop() }
    for _ in 0..<3 {
      #expect(try installation.run("run", "--once").status == 0)
      try? FileManager.default.removeItem(atPath: installation.path("data/state.sqlite"))
    }
    // Set, the seed is the same in every process; else each process draws one.
    let seeds = [["SWIFT_DETERMINISTIC_HASHING=1"], [], []].map {
      ["/usr/bin/env", "-u", "SWIFT_DETERMINISTIC_HASHING"] + $0 + [Running.binary]
    }
    for folding in seeds {
      for comparing in seeds {
        for (seed, command) in [(folding, ["rebuild"]), (comparing, ["rebuild", "--check"])] {
          let running = try Running(
            seed + command + ["--config", installation.configuration], binary: nil)
          #expect(running.waitForEnd() == 0, "\(running.output)\(running.errors)")
        }
      }
    }
  }

  @Test func `are put in place at once where no daemon runs, and shown as they were`() throws {
    defer { stand.server.stop() }
    let before = Timestamp.text(Date())
    #expect(try installation.run("run", "--once").status == 0)
    let between = Timestamp.text(Date())
    // What the poller remembers is gone, so both feeds are due at once.
    try FileManager.default.removeItem(atPath: installation.path("data/state.sqlite"))
    #expect(try installation.run("run", "--once").status == 0)
    let rebuild = try installation.run("rebuild")
    #expect(rebuild.output.hasPrefix("folded up to ") && rebuild.status == 0, "\(rebuild.errors)")
    #expect(!FileManager.default.fileExists(atPath: installation.path("data/views.sqlite.ready")))
    for command in ["entities", "topics"] {
      let counts = try [[], ["--as-of", between], ["--as-of", before]].map { asOf in
        let outcome = try Installation.run(
          [command, "--json", "--config", installation.configuration] + asOf)
        let line = try outcome.lines.first.map { try JSONValue(parsing: Array($0.utf8)) }
        return line?["articles"]?.number
      }
      #expect(counts == [4, 2, nil])
    }
    #expect(try installation.run("entities", "Kabar", "--as-of", before).status == 2)
    #expect(try installation.run("entities", "Kabar", "--as-of", between).status == 0)
  }

  @Test func `of a log that was replaced by an older one are refused`() throws {
    defer { stand.server.stop() }
    #expect(try installation.run("run", "--once").status == 0)
    let (log, backup) = (installation.path("data/log"), installation.path("backup"))
    try FileManager.default.copyItem(atPath: log, toPath: backup)
    #expect(try installation.run("run", "--once").status == 0)
    try FileManager.default.removeItem(atPath: log)
    try FileManager.default.copyItem(atPath: backup, toPath: log)
    let refused = try installation.run("run", "--once")
    #expect(refused.status == 1)
    #expect(
      refused.errors.contains("it is older than its views; delete "), "\(refused.errors)")
    try FileManager.default.removeItem(atPath: installation.path("data/views.sqlite"))
    #expect(try installation.run("run", "--once").status == 0)
    #expect(try installation.run("rebuild", "--check").status == 0)
  }
}
