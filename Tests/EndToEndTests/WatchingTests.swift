import Core
import Foundation
import Support
import Testing

@testable import Serving

@Suite("Who watches the daemon", .timeLimit(.minutes(15))) struct WatchingTests {
  /// The port that the kernel chose: a test owns no port beforehand.
  static func port(of daemon: Running) async throws -> Int {
    while true {
      let inodes = try sockets(of: daemon.pid)
      let table = try String(contentsOfFile: "/proc/\(daemon.pid)/net/tcp", encoding: .utf8)
      for line in table.split(separator: "\n").dropFirst() {
        let fields = line.split(separator: " ")
        guard fields.count > 9, fields[3] == "0A", inodes.contains(String(fields[9])) else {
          continue
        }
        if let port = fields[1].split(separator: ":").last.flatMap({ Int($0, radix: 16) }) {
          return port
        }
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  private static func sockets(of pid: pid_t) throws -> Set<String> {
    let folder = "/proc/\(pid)/fd"
    let links = try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
      try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
    }
    return Set(
      links.compactMap { $0.hasPrefix("socket:[") ? String($0.dropFirst(8).dropLast()) : nil })
  }

  static func get(_ path: String, _ port: Int) async throws -> (status: String, body: String) {
    let answer = try await Exchange.ask(path, of: port)
    let end = try #require(answer.firstRange(of: "\r\n\r\n"))
    return (String(answer.dropFirst(9).prefix(3)), String(answer[end.upperBound...]))
  }

  @Test func `gets figures, and is told that it is well and ready`() async throws {
    let stand = try Newsstand(feeds: ["one", "two"], limit: 3)
    defer { stand.server.stop() }
    let installation = try Installation(
      "page: 127.0.0.1:0\npoll: {rate: 0, first_poll: alert}\nrules: [{id: watch, match: sandi}]\n"
        + stand.configuration)
    let daemon = try installation.start("run")
    let port = try await Self.port(of: daemon)
    await stand.everyFeed(asked: 5)
    let health = try await Self.get("/healthz", port)
    #expect(health.status == "200" && health.body.contains("\"loops\":\"ok\""), "\(health)")
    let ready = try await Self.get("/readyz", port)
    #expect(
      ready.status == "200" && ready.body.contains("\"log\":\"ok\",\"views\":\"ok\""), "\(ready)")
    let text = try await Self.get("/metrics", port).body
    for line in [
      "tidings_feeds{state=\"ok\"} 2", "tidings_articles_total{change=\"new\"} 6",
      "tidings_config_reload_success 1", "tidings_network_up 1", "tidings_log_damaged_segments 0",
      "tidings_rules{state=\"live\"} 1",
      "tidings_http_requests_total{route=\"/healthz\",status=\"200\"} 1",
    ] { #expect(text.contains(line + "\n"), "\(line) not in\n\(text)") }
    // Each name that exists is told, but for those that need an alert held, a failure or a dead letter.
    let silent: Set<Metric> = [.pollFailures, .alertsHeld]
    for metric in Metric.allCases where !silent.contains(metric) {
      #expect(text.contains("# TYPE \(metric.rawValue) "), "\(metric.rawValue)")
    }
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
  }
}
