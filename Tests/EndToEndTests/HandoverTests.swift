import Foundation
import Glibc
import Serving
import Support
import Testing

@testable import tidings

@Suite("The page's socket", .timeLimit(.minutes(15))) struct HandoverTests {
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

  @Test func `is handed over: who comes while nobody runs is answered by the next`() async throws {
    let socket = try ListeningSocket()
    let installation = try Installation("page: 127.0.0.1:\(socket.port)\nfeeds: []\n")
    for _ in 0..<2 {
      async let waiting = Exchange.ask("/healthz", of: socket.port)
      let daemon = try start(installation, passing: [socket.descriptor])
      let answer = try await waiting
      #expect(answer.hasPrefix("HTTP/1.1 200"))
      daemon.signal(SIGTERM)
      #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
      #expect(!daemon.errors.contains("The page is"), "\(daemon.errors)")
    }
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
