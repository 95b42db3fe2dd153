import Core
import Testing

@testable import Serving

@Suite("A server") struct ServerTests {
  /// Runs `body` with the port of a server of the page with one alert of that title.
  func serving(_ title: String = "Gempa", _ body: (Int) async throws -> Void) async throws {
    let server = try Server(listen: "127.0.0.1:0") {
      await PageTests.page(title: title).respond(to: $0)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      try await body(server.port())
      group.cancelAll()
    }
  }

  @Test func `serves page, JSON and health on loopback`() async throws {
    try await serving { port in
      let page = try await Exchange.ask("/", of: port)
      #expect(page.hasPrefix("HTTP/1.1 200"))
      #expect(page.contains("Content-Type: text/html; charset=utf-8\r\n"))
      #expect(page.contains("X-Content-Type-Options: nosniff\r\n") && page.contains("Gempa"))
      let json = try await Exchange.ask("/alerts.json?x=1", of: port)
      let body = try #require(json.firstRange(of: "\r\n\r\n")?.upperBound)
      #expect(
        try JSONValue(parsing: Array(json[body...].utf8))["alerts"]?.array?.first?["rule"]?.string
          == "quake")
      let health = try await Exchange.ask("/healthz", of: port)
      #expect(health.hasSuffix("\r\n\r\nok\n"))
    }
  }

  @Test(
    arguments: [
      ("127.0.0.1", 200), ("127.0.0.1:8474", 200), ("localhost:8474", 200), ("LOCALHOST", 200),
      ("[::1]:8474", 200), ("evil.example", 421), ("evil.example:8474", 421),
      ("127.0.0.1.evil.example", 421),
      ("localhost.evil.example", 421), ("", 421), ("127.0.0.1@evil.example", 421), (nil, 200),
    ] as [(String?, Int)])
  func `on loopback answers no name that a page of the web can have`(host: String?, status: Int)
    async throws
  {
    try await serving { port in
      let answer = try await Exchange.ask("/alerts.json", host: host, of: port)
      #expect(answer.hasPrefix("HTTP/1.1 \(status)"))
      #expect(answer.contains("quake") == (status == 200))
    }
  }

  @Test func `sends no body with the answer to HEAD, so that the next one is read`() async throws {
    try await serving { port in
      let head = "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"
      let get = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      let answers = try await Exchange.send(head + get, to: port)
      let parts = answers.split(separator: "\r\n\r\n")
      #expect(parts.count == 3 && parts[1].hasPrefix("HTTP/1.1 200") && parts[2] == "ok\n")
      #expect(!answers.contains("<html") && !parts[0].contains("Content-Length: 0"))
    }
  }

  @Test(arguments: [
    ("POST", "/", 405), ("DELETE", "/alerts.json", 405), ("GET", "/../etc/passwd", 404),
    ("GET", "/%2e%2e/", 404), ("GET", "//", 404),
  ])
  func `gives nothing else`(method: String, target: String, status: Int) async throws {
    try await serving { port in
      let answer = try await Exchange.ask(target, method, of: port)
      #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer.prefix(40))")
      #expect(!answer.contains("quake"))
    }
  }

  @Test func `survives what is no HTTP`() async throws {
    try await serving { port in
      for junk in [
        "\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", "GET\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      ] {
        let answer = try await Exchange.send(junk, to: port)
        #expect(!answer.contains("quake"))
      }
      let health = try await Exchange.ask("/healthz", of: port)
      #expect(health.hasPrefix("HTTP/1.1 200"))
    }
  }

  @Test func `lets no title end a header, an element or a line of a terminal`() async throws {
    let hostile =
      "x\r\nSet-Cookie: a=b\r\n\r\n</a></ol><script>alert(1)</script>\u{9b}31m\u{1b}\u{7f}\u{202e}\u{2028}"
    try await serving(hostile) { port in
      for target in ["/", "/alerts.json"] {
        let answer = try await Exchange.ask(target, of: port)
        let head = try #require(answer.firstRange(of: "\r\n\r\n")).lowerBound
        #expect(!answer[..<head].contains("Set-Cookie"))
        #expect(!answer.contains("<script>") || target == "/alerts.json")
        for scalar: Unicode.Scalar in ["\u{9b}", "\u{1b}", "\u{7f}", "\u{202e}", "\u{2028}"] {
          #expect(!answer.unicodeScalars.contains(scalar), "U+\(String(scalar.value, radix: 16))")
        }
      }
    }
  }

  @Test(arguments: [
    "news.local:8474", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", "[::x]:80", "256.0.0.1:80",
  ])
  func `names an address that is none`(listen: String) {
    #expect {
      try Server(listen: listen) { _ in Answer(200) }
    } throws: { error in
      "\(error)".hasPrefix("\(listen): ") && "\(error)".contains("; write 127.0.0.1:")
    }
  }

  @Test func `says which address another holds`() async throws {
    try await serving { port in
      let second = try Server(listen: "127.0.0.1:\(port)") { _ in Answer(200) }
      await #expect {
        try await second.run()
      } throws: { error in
        "\(error)".hasPrefix("127.0.0.1:\(port): cannot listen: ")
      }
    }
  }
}
