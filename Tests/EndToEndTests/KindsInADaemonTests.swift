import Core
import Foundation
import Glibc
import Support
import Synchronization
import Testing

@testable import tidings

@Suite("Rules of many kinds in a daemon", .timeLimit(.minutes(15))) struct KindsInADaemonTests {
  /// Two publishers tell of one quake; then both fall silent, and one of them edits what it said.
  private static func newsroom() throws -> (server: LocalServer, show: @Sendable (Int) -> Void) {
    let stage = Mutex(0)
    let server = try LocalServer { request in
      let stage = stage.withLock { $0 }
      let name = request.target.dropFirst()
      let count = stage == 0 ? "puluhan" : stage == 1 ? "12" : "21"
      let items =
        stage == 0
        ? "<item><title>Harga beras naik</title><guid>\(name)-0</guid></item>"
        : """
        <item><title>Gempa di Palu menurut \(name)</title><guid>\(name)-1</guid>
        <description>Korban \(count) orang, kata \(name).</description></item>
        """
      return .answer(
        200, [("Content-Type", "application/rss+xml")],
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0"><channel><title>\(name)</title><link>http://\(name).example/</link>
        <description>Uji</description>\(items)</channel></rss>
        """)
    }
    return (server, { next in stage.withLock { $0 = next } })
  }

  @Test func `fire as it goes, and decide the same when folded anew`() async throws {
    let (server, show) = try Self.newsroom()
    defer { server.stop() }
    let feeds = ["satu", "dua"].map {
      "  - {name: \($0), url: \"\(server.address("/\($0)"))\", every: 1s, private_network: true, publisher: \($0)}"
    }
    let installation = try Installation(
      """
      page: none
      poll: {first_poll: seed, rate: 0}
      entities: {Q1: {name: Palu, type: place, aliases: []}}
      rules:
        - {id: single, match: gempa, mode: part}
        - {id: victims, match: korban, mode: part}
        - {id: confirmed, match: gempa, by: [place], when: {kind: frequency, count: sources, at_least: 2, within: 10m}}
        - {id: both, when: {kind: cooccur, rules: [single, victims], within: 10m}}
        - {id: new-place, match: 'entity:*', when: {kind: new_term, not_seen: 30d, sources: 2}}
        - {id: quiet, match: gempa, when: {kind: silence, within: 3s, healthy: 0}}
        - {id: missing, when: {kind: absent_after, rules: [single, quiet-word], within: 2s}}
        - {id: quiet-word, match: bantahan, mode: part}
        - {id: changed, when: {kind: change, of: [confirmed], classes: [number]}}
      feeds:
      \(feeds.joined(separator: "\n"))
      """)
    let daemon = try installation.start("run")
    await server.received(6)
    show(1)
    try await Self.tells(["confirmed", "both", "new-place"], installation)
    show(2)
    try await Self.tells(["changed", "missing", "quiet"], installation)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    let lines = try installation.alerts()
    let names = lines.map { "\($0["alert_id"]?.string ?? "") \($0["n"]?.number ?? -1)" }
    #expect(Set(names).count == names.count)
    let confirmed = try #require(lines.first { $0["rule"]?.string == "confirmed" })
    #expect(confirmed["group"]?["place"]?.string == "Q1")
    #expect(confirmed["measure"]?["value"] == .number(2))
    #expect(confirmed["articles"]?.array?.count == 2)
    for command in [["rebuild", "--check"], ["log", "verify"]] {
      let check = try Installation.run(command + ["--config", installation.configuration])
      #expect(check.status == 0, "\(command): \(check.output)\(check.errors)")
    }
  }

  /// Waits until each of these rules has written a line.
  private static func tells(_ rules: [String], _ installation: Installation) async throws {
    while true {
      let told = Set(try installation.alerts().compactMap { $0["rule"]?.string })
      if told.isSuperset(of: rules) { return }
      try await Task.sleep(for: .milliseconds(100))
    }
  }
}
