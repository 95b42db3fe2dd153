import Core
import Support
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

  @Test func `serves page and JSON on loopback`() async throws {
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
      let get = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      let answers = try await Exchange.send(head + get, to: port)
      let parts = answers.split(separator: "\r\n\r\n")
      #expect(parts.count == 3 && parts[1].hasPrefix("HTTP/1.1 404") && parts[2] == "not here\n")
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
      let page = try await Exchange.ask("/", of: port)
      #expect(page.hasPrefix("HTTP/1.1 200"))
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

  @Test(.timeLimit(.minutes(1)))
  func `hangs up on who begins a request and keeps still, and on too many at once`() async throws {
    var limits = ServerLimits()
    limits.stillness = .milliseconds(50)
    for clients in [256, 0] {
      limits.clients = clients
      let server = try Server(listen: "127.0.0.1:0", limits: limits) { _ in Answer(200) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        // It comes back because the server closes.
        let answer = try await Exchange.send("GET / HTTP/1.1\r\n", to: try await server.port())
        #expect(answer == "")
        group.cancelAll()
      }
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

@Suite("A callback") struct CallbackTests {
  private static let token = String(repeating: "0a", count: 32)

  /// Runs `body` with the port of a server that says of each call at its callback what came.
  private func serving(_ body: (Int) async throws -> Void) async throws {
    let callback = Callback(knows: { $0 == Self.token }) { question in
      Answer(
        200, [], Array("\(question.method) \(question.query) \(question.body.count)".utf8))
    }
    let server = try Server(listen: "127.0.0.1:0", callback: callback) {
      await PageTests.page(title: "secret").respond(to: $0)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      try await body(server.port())
      group.cancelAll()
    }
  }

  @Test(arguments: ["/\(token)", "/hub/\(token)", token])
  func `is what ends in a token`(path: String) {
    #expect(Callback.token(in: path) == Self.token)
  }

  @Test(arguments: [
    "/\(token)/", "/\(token.dropLast())", "/\(token)0", "/\(token.uppercased())", "/", "",
  ]) func `is not what ends in anything else`(path: String) {
    #expect(Callback.token(in: path) == nil)
  }

  @Test func `is reached under any name, which the page is not`() async throws {
    try await serving { port in
      let query = "/hub/\(Self.token)?hub.mode=subscribe&x=%20+"
      let answer = try await Exchange.ask(query, host: "news.example.org", of: port)
      #expect(answer.hasSuffix("\r\n\r\nGET hub.mode=subscribe&x=%20+ 0"))
      let page = try await Exchange.ask("/", host: "news.example.org", of: port)
      #expect(page.hasPrefix("HTTP/1.1 421"))
    }
  }

  @Test(arguments: [0, 1, 4_096, 4_097, 3 << 20, 8 << 20])
  func `is given bodies whole`(size: Int) async throws {
    try await serving { port in
      let body = [UInt8](repeating: 0x78, count: size)
      let answer = try await Exchange.post(body, to: "/" + Self.token, of: port)
      #expect(answer.hasSuffix("POST  \(size)"), "\(answer.prefix(60))")
    }
  }

  @Test func `of a token that nobody knows reads no body`() async throws {
    try await serving { port in
      let other = String(repeating: "00", count: 32)
      let head = "POST /\(other) HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n"
      let answer = try await Exchange.send(head, to: port)
      #expect(answer.hasPrefix("HTTP/1.1 404"), "\(answer)")
    }
  }

  @Test func `is given a body that comes in chunks`() async throws {
    try await serving { port in
      let request =
        "POST /\(Self.token) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        + "Connection: close\r\n\r\n5\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n"
      let answer = try await Exchange.send(request, to: port)
      #expect(answer.hasSuffix("POST  8"), "\(answer)")
    }
  }

  @Test func `takes no body over 8 MiB`() async throws {
    try await serving { port in
      let body = [UInt8](repeating: 0x78, count: 8 << 20 | 1)
      let answer = try await Exchange.post(body, to: "/" + Self.token, of: port)
      #expect(answer.hasPrefix("HTTP/1.1 413"))
    }
  }

  /// What a proxy passes on as one request must not become two, whose second answer another is given.
  @Test(arguments: ["/", "/nowhere", "/" + token])
  func `and page take no part of a body for another request`(target: String) async throws {
    try await serving { port in
      let inner = "GET /alerts.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
      for size in [100, 5_000, 3 << 20] {
        let body = inner + String(repeating: "x", count: size)
        let request =
          "POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
          + body + "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        let answer = try await Exchange.send(request, to: port)
        #expect(!answer.contains("secret"), "\(target) with \(size)")
      }
    }
  }
}
