import Curl
import Support
import Testing

/// A request to a server of this test, which is allowed to be on loopback.
func request(
  _ server: LocalServer, _ path: String = "/", _ change: (inout HTTPRequest) -> Void = { _ in }
) throws -> HTTPRequest {
  var request = HTTPRequest("GET", try HTTPAddress(server.address(path)))
  request.allowsPrivateNetwork = true
  change(&request)
  return request
}

@Suite("An HTTP client") struct HTTPClientTests {
  let client: HTTPClient

  init() throws {
    client = try HTTPClient()
  }

  @Test func `brings status, headers as bytes, and body`() async throws {
    let server = try LocalServer { _ in
      Reply([
        .bytes(
          Array("HTTP/1.1 203 \u{e9}\r\nETag:  W/\"a\" \r\nX-Odd: a\r\n\tb\r\nX-Raw: ".utf8) + [
            0xff
          ]
            + Array("\r\nContent-Length: 5\r\n\r\nhello".utf8))
      ])
    }
    defer { server.stop() }
    let response = try await client.send(request(server, "/feed"))
    #expect(response.status == 203)
    #expect(response.headers["etag"] == Array("W/\"a\"".utf8))
    #expect(response.headers["x-odd"] == Array("a b".utf8))
    #expect(response.headers["x-raw"] == [0xff])
    #expect(response.body == Array("hello".utf8))
    #expect(response.address.path == "/feed")
    #expect(response.wireBytes > 70)
    #expect(response.timings.total > .zero)
  }

  @Test func `sends fields byte for byte and nothing that tells of us`() async throws {
    let server = try LocalServer { _ in .answer(200, [("Set-Cookie", "a=b")], "x") }
    defer { server.stop() }
    let etag: [UInt8] = [0x57, 0x2f, 0x22, 0xe9, 0x22]
    _ = try await client.send(
      request(server) {
        $0.headers.append("If-None-Match", etag)
        $0.headers.append("X-Empty", "")
      })
    _ = try await client.send(request(server))
    #expect(server.requests[0].bytes("If-None-Match") == etag)
    #expect(server.requests[0]["X-Empty"] == "")
    #expect(server.requests[0]["Accept-Encoding"] == "gzip, deflate, br")
    for name in ["Cookie", "Referer", "If-None-Match"] {
      #expect(server.requests[1].bytes(name) == nil)
    }
  }

  @Test(arguments: ["a\r\nB: c", "a\nb", "a\u{0}b"])
  func `never sends a field with a line break`(value: String) async throws {
    let server = try LocalServer { _ in .answer() }
    defer { server.stop() }
    await #expect(throws: CurlError(.request, "a header field has a line break or no proper name"))
    {
      _ = try await client.send(request(server) { $0.headers.append("X", value) })
    }
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: ["POST", "PUT"], ["", "{\"a\":1}"])
  func `sends a body`(method: String, body: String) async throws {
    let server = try LocalServer { _ in .answer(202) }
    defer { server.stop() }
    let response = try await client.send(
      request(server, "/hook") {
        $0.method = method
        $0.body = Array(body.utf8)
        $0.headers.append("Content-Type", "application/json")
      })
    #expect(response.status == 202)
    #expect(server.requests[0].method == method)
    #expect(server.requests[0].body == Array(body.utf8))
    #expect(server.requests[0]["Content-Length"] == "\(body.utf8.count)")
    #expect(server.requests[0]["Content-Type"] == "application/json")
    #expect(server.requests[0]["Expect"] == nil)
  }

  @Test func `asks for the headers alone`() async throws {
    let server = try LocalServer { _ in .raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n") }
    defer { server.stop() }
    let response = try await client.send(request(server) { $0.method = "HEAD" })
    #expect(response.body.isEmpty)
    #expect(server.requests[0].method == "HEAD")
  }

  @Test func `uses a connection again, also after a 304 with a length`() async throws {
    let server = try LocalServer { request in
      request.target == "/304"
        ? .raw("HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n")
        : .answer(200, [], "next")
    }
    defer { server.stop() }
    let first = try await client.send(request(server, "/304"))
    let second = try await client.send(request(server, "/200"))
    #expect(first.status == 304)
    #expect(first.body.isEmpty)
    #expect(!first.isReusedConnection)
    #expect(second.body == Array("next".utf8))
    #expect(second.isReusedConnection)
    #expect(server.connections == 1)
  }

  @Test func `does not follow redirects`() async throws {
    let server = try LocalServer { _ in .redirect(301, to: "/elsewhere") }
    defer { server.stop() }
    let response = try await client.send(request(server))
    #expect(response.status == 301)
    #expect(server.requests.count == 1)
  }

  @Test func `skips interim answers`() async throws {
    let hints = String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n", count: 50)
    let server = try LocalServer { _ in
      .raw(
        "HTTP/1.1 100 Continue\r\n\r\n" + hints + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
    }
    defer { server.stop() }
    let response = try await client.send(request(server))
    #expect(response.status == 200)
    #expect(response.headers["link"] == nil)
  }

  @Test func `carries many transfers at once`() async throws {
    let gate = try Gate()
    let server = try LocalServer { request in
      Reply([.wait(gate)] + Reply.answer(200, [], request.target).steps)
    }
    defer { server.stop() }
    let bodies = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<100 {
        group.addTask {
          let response = try await client.send(request(server, "/\(number)"))
          return String(decoding: response.body, as: UTF8.self)
        }
      }
      await server.received(100)
      gate.release()
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(bodies == Set((0..<100).map { "/\($0)" }))
  }

  @Test func `carries nothing from one request into the next on the same handle`() async throws {
    let server = try LocalServer { _ in .answer(200, [], "hello") }
    defer { server.stop() }
    _ = try await client.send(
      request(server, "/post") {
        $0.method = "POST"
        $0.body = Array("secret".utf8)
        $0.headers.append("X-Mark", "1")
      })
    await #expect(throws: CurlError.self) {
      _ = try await client.send(request(server, "/small") { $0.bodyLimit = 2 })
    }
    let response = try await client.send(request(server, "/get"))
    #expect(response.body == Array("hello".utf8))
    let last = try #require(server.requests.last)
    #expect((last.method, last.target, last.body) == ("GET", "/get", []))
    for name in ["X-Mark", "Content-Length", "Content-Type"] { #expect(last[name] == nil) }
  }

  @Test func `F11: asks again by itself where an open connection was closed behind it`()
    async throws
  {
    let server = try LocalServer { request in
      Reply(Reply.answer(200, [], request.target).steps + [.close])
    }
    defer { server.stop() }
    for number in 0..<20 {
      let response = try await client.send(request(server, "/\(number)"))
      #expect(response.body == Array("/\(number)".utf8))
    }
    #expect(server.requests.count == 20)
  }
}
