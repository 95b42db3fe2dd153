import Core
import Foundation
import Glibc
import Support
import Testing

@Suite("The service manager", .timeLimit(.minutes(15))) struct NotifyTests {
  let folder: TemporaryFolder
  let manager: DatagramSocket

  init() throws {
    folder = try TemporaryFolder()
    manager = try DatagramSocket(folder.path("notify"))
  }

  /// A daemon that has this manager; env(1) becomes it, so it keeps its process id.
  func start(_ installation: Installation, _ variables: String...) throws -> Running {
    try Running(
      ["/usr/bin/env", "NOTIFY_SOCKET=\(folder.path("notify"))"] + variables
        + [Running.binary, "run", "--config", installation.configuration],
      binary: nil)
  }

  @Test func `is told ready with a status, gets its watchdog's signs, and is told the end`()
    async throws
  {
    let stand = try Newsstand(feeds: ["one", "two"], limit: 3)
    defer { stand.server.stop() }
    let installation = try Installation(
      "page: 127.0.0.1:0\npoll: {rate: 0}\n" + stand.configuration)
    let daemon = try start(installation, "WATCHDOG_USEC=300000")
    let start = try await manager.waits(for: "READY=1")
    #expect(start.last?.contains("\nSTATUS=2 feeds, ") == true, "\(start)")
    _ = try await manager.waits(for: "WATCHDOG=1")
    _ = try await manager.waits(for: "WATCHDOG=1")
    daemon.signal(SIGTERM)
    let end = try await manager.waits(for: "STOPPING=1\nSTATUS=finishing")
    #expect(!end.contains { $0.contains("READY=1") })
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
  }

  /// What systemd does where the sign stays out: SIGABRT, then a new start.
  @Test func `ends who stands still, without loss`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 8)
    defer { stand.server.stop() }
    let installation = try Installation(
      "page: none\npoll: {rate: 0, first_poll: alert}\n"
        + "rules: [{id: watch, match: sandi, by: [article]}]\n" + stand.configuration)
    // Where there is a toolchain, its backtracer would catch the signal and let the daemon go on.
    let daemon = try start(installation, "WATCHDOG_USEC=300000", "SWIFT_BACKTRACE=enable=no")
    await stand.everyFeed(asked: 3)
    daemon.signal(SIGSTOP)
    daemon.signal(SIGABRT)
    daemon.signal(SIGCONT)
    #expect(daemon.waitForEnd() == -SIGABRT)
    _ = manager.received()
    let next = try start(installation, "WATCHDOG_USEC=300000")
    _ = try await manager.waits(for: "WATCHDOG=1")
    await stand.everyFeed(asked: 12)
    next.signal(SIGTERM)
    #expect(next.waitForEnd() == 0, "\(next.errors)")
    let articles = try installation.alerts().filter { $0["rule"]?.string == "watch" }
      .compactMap { $0["article"]?["id"]?.string }
    #expect(Set(articles).count == 8 && articles.count == 8, "\(articles)")
  }

  @Test func `is never told ready where the page has no port`() async throws {
    let closed = try ClosedPort()
    let installation = try Installation("page: \"127.0.0.1:\(closed.port)\"\nfeeds: []\n")
    let daemon = try start(installation)
    #expect(daemon.waitForEnd() == 1)
    #expect(daemon.errors.contains("127.0.0.1:\(closed.port): cannot listen: "), "\(daemon.errors)")
    #expect(!manager.received().contains { String(decoding: $0, as: UTF8.self).contains("READY") })
  }

  @Test func `is told of a reload, and why one is refused`() async throws {
    let installation = try Installation("page: none\nfeeds: []\n")
    let daemon = try start(installation)
    let first = try await manager.waits(for: "READY=1")
    #expect(first.last == "READY=1\nSTATUS=no feeds yet; see tidings.yaml(5)")
    try installation.write("pge: none\n", to: "tidings.yaml")
    daemon.signal(SIGHUP)
    let begun = try await manager.waits(for: "RELOADING=1\nMONOTONIC_USEC=")
    let micros = begun.last.flatMap { $0.split(separator: "=").last }.flatMap { Int64($0) }
    #expect((micros ?? 0) > 0)
    let told = try await manager.waits(for: "READY=1")
    #expect(
      told.last?.hasPrefix(
        "READY=1\nSTATUS=reload refused: 1 fault; running the configuration of 2")
        == true, "\(told)")
    try installation.write("page: none\nfeeds: []\n", to: "tidings.yaml")
    daemon.signal(SIGHUP)
    let taken = try await manager.waits(for: "READY=1")
    #expect(taken.last == "READY=1\nSTATUS=no feeds yet; see tidings.yaml(5)")
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
  }

  @Test func `is asked for more time while the log is folded anew`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 3)
    defer { stand.server.stop() }
    let installation = try Installation("page: none\npoll: {rate: 0}\n" + stand.configuration)
    #expect(try installation.run("run", "--once").status == 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: installation.path("data"))
    where name.hasPrefix("views") {
      try FileManager.default.removeItem(atPath: installation.path("data/\(name)"))
    }
    let daemon = try start(installation)
    let told = try await manager.waits(for: "READY=1")
    let asked = [
      "EXTEND_TIMEOUT_USEC=30000000\nWATCHDOG=1\nSTATUS=making views anew",
      "EXTEND_TIMEOUT_USEC=300000000\nWATCHDOG=1\nSTATUS=folding the log",
    ]
    for words in asked { #expect(told.contains { $0.hasPrefix(words) }, "\(told)") }
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
  }
}
