import Foundation
import Glibc
import Serving
import Support
import Synchronization
import Testing

@testable import tidings

@Suite("The page's socket", .timeLimit(.minutes(2))) struct HandoverTests {
  /// A daemon that is passed descriptors as systemd does; the shell becomes it, so it keeps its process id.
  private func start(
    _ installation: Installation, count: String = "1", passing descriptors: [Int32]
  ) throws -> Running {
    try Running(
      [
        "/bin/sh", "-c", "LISTEN_PID=$$ LISTEN_FDS=\(count) exec \"$@\"", "sh", Running.binary,
        "run",
        "--config", installation.configuration,
      ], binary: nil, passing: descriptors)
  }

  /// Asks again and again until told to stop; what was not answered is kept.
  private final class Client: Sendable {
    private let state = Mutex((isDone: false, answers: 0, failures: [String]()))

    var answers: Int { state.withLock { $0.answers } }
    var failures: [String] { state.withLock { $0.failures } }

    func stop() { state.withLock { $0.isDone = true } }

    func ask(_ port: Int) async throws {
      while !state.withLock({ $0.isDone }) {
        let answer = try await Exchange.ask("/page.css", of: port)
        state.withLock { state in
          state.answers += 1
          if !answer.hasPrefix("HTTP/1.1 200") { state.failures.append(String(answer.prefix(80))) }
        }
      }
    }

    /// Returns once there were so many answers more.
    func gets(_ count: Int) async throws {
      let goal = answers + count
      while answers < goal { try await Task.sleep(for: .milliseconds(5)) }
    }
  }

  @Test func `is handed over, so that a restart loses no client`() async throws {
    let socket = try ListeningSocket()
    let installation = try Installation("page: 127.0.0.1:\(socket.port)\nfeeds: []\n")
    let clients = [Client(), Client(), Client()]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in clients { group.addTask { try await client.ask(socket.port) } }
      for _ in 0..<3 {
        let daemon = try start(installation, passing: [socket.descriptor])
        for client in clients { try await client.gets(5) }
        daemon.signal(SIGTERM)
        #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
        #expect(!daemon.errors.contains("The page is"), "\(daemon.errors)")
      }
      // Who comes while nobody runs waits for the next.
      async let waiting = Exchange.ask("/healthz", of: socket.port)
      let last = try start(installation, passing: [socket.descriptor])
      let answer = try await waiting
      #expect(answer.hasPrefix("HTTP/1.1 200"))
      clients.forEach { $0.stop() }
      try await group.waitForAll()
      last.signal(SIGTERM)
      #expect(last.waitForEnd() == 0, "\(last.errors)")
    }
    #expect(clients.flatMap(\.failures) == [])
  }

  @Test func `wins over the configuration, which is told`() async throws {
    let sockets = try [ListeningSocket(), ListeningSocket()]
    let closed = try ClosedPort()
    let installation = try Installation("page: 127.0.0.1:\(closed.port)\nfeeds: []\n")
    let daemon = try start(installation, count: "2", passing: sockets.map(\.descriptor))
    for socket in sockets {
      #expect(try await Exchange.ask("/healthz", of: socket.port).hasPrefix("HTTP/1.1 200"))
    }
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    #expect(
      daemon.errors.contains("The page is where the socket unit says, not where `page` does"),
      "\(daemon.errors)")
  }

  @Test func `that is none ends the start`() throws {
    let installation = try Installation("page: none\nfeeds: []\n")
    let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    let daemon = try start(installation, passing: [file])
    #expect(daemon.waitForEnd() == 1)
    #expect(daemon.errors.contains("descriptor 3: no socket that listens; "), "\(daemon.errors)")
  }

  @Test(
    arguments: [
      (["LISTEN_PID": "7", "LISTEN_FDS": "2"], 3..<5),
      (["LISTEN_PID": "7", "LISTEN_FDS": "0"], 3..<3),
      (["LISTEN_PID": "8", "LISTEN_FDS": "2"], 3..<3), (["LISTEN_FDS": "2"], 3..<3), ([:], 3..<3),
      (["LISTEN_PID": "x", "LISTEN_FDS": "2"], 3..<3),
      (["LISTEN_PID": "7", "LISTEN_FDS": "64"], 3..<67),
      (["LISTEN_PID": "7", "LISTEN_FDS": "65"], nil),
      (["LISTEN_PID": "7", "LISTEN_FDS": "-1"], nil),
      (["LISTEN_PID": "7", "LISTEN_FDS": "two"], nil),
      (["LISTEN_PID": "7"], nil),
    ] as [([String: String], Range<Int32>?)])
  func `is found by what the environment says to this process`(
    environment: [String: String], descriptors: Range<Int32>?
  ) throws {
    if let descriptors {
      #expect(try PassedSockets(environment, pid: 7).descriptors == descriptors)
    } else {
      #expect {
        try PassedSockets(environment, pid: 7)
      } throws: { error in
        "\(error)".hasPrefix("LISTEN_FDS: '")
      }
    }
  }
}
