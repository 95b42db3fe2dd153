import Curl
import Support
import Testing

@Suite("A transfer") struct TransferEndTests {
  private func error(
    _ client: HTTPClient, _ request: HTTPRequest
  ) async -> CurlError.Kind? {
    do throws(CurlError) {
      _ = try await client.send(request)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func `ends when its task is cancelled, while the server is silent`() async throws {
    let client = try HTTPClient()
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let asked = try request(server)
    let task = Task { await error(client, asked) }
    await server.received(1)
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  @Test func `does not begin if its task is cancelled already`() async throws {
    let client = try HTTPClient()
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let asked = try request(server)
    let gate = AsyncStream<Void>.makeStream()
    let task = Task {
      for await _ in gate.stream {}
      return await error(client, asked)
    }
    task.cancel()
    gate.continuation.finish()
    #expect(await task.value == .cancelled)
    #expect(server.requests.isEmpty)
  }

  @Test func `ends when the client is shut down, and none begins after`() async throws {
    let client = try HTTPClient()
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let asked = try request(server)
    let kinds = await withTaskGroup(of: CurlError.Kind?.self) { group in
      for _ in 0..<20 { group.addTask { await error(client, asked) } }
      await server.received(20)
      client.shutDown()
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(kinds == Array(repeating: .closed, count: 20))
    #expect(await error(client, asked) == .closed)
  }

  @Test func `is refused by a client that was shut down before its first`() async throws {
    let client = try HTTPClient()
    client.shutDown()
    let asked = HTTPRequest("GET", try HTTPAddress("http://127.0.0.1/"))
    #expect(await error(client, asked) == .closed)
  }

  @Test func `ends in any order of cancelling, answering and shutting down`() async throws {
    let server = try LocalServer { _ in .answer(200, [], "x") }
    defer { server.stop() }
    let asked = try request(server)
    for round in 0..<40 {
      let client = try HTTPClient()
      let kinds = await withTaskGroup(of: CurlError.Kind?.self) { group in
        for _ in 0..<8 { group.addTask { await error(client, asked) } }
        if round % 2 == 0 { group.cancelAll() }
        if round % 3 == 0 { client.shutDown() }
        return await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(kinds.isSubset(of: [nil, .cancelled, .closed]))
    }
  }

  @Test func `ends when it takes too long in all`() async throws {
    let client = try HTTPClient()
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let kind = await error(
      client, try request(server) { $0.timeouts.total = .milliseconds(200) })
    #expect(kind == .timeout)
  }

  @Test func `ends when the server falls silent half-way`() async throws {
    let client = try HTTPClient()
    let server = try LocalServer { _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", then: .hang)
    }
    defer { server.stop() }
    let kind = await error(client, try request(server) { $0.timeouts.slow = .seconds(1) })
    #expect(kind == .timeout)
  }

  @Test func `ends when nobody listens, or the name is unknown`() async throws {
    let client = try HTTPClient()
    let closed = try ClosedPort()
    var asked = HTTPRequest("GET", try HTTPAddress("http://127.0.0.1:\(closed.port)/"))
    asked.allowsPrivateNetwork = true
    #expect(await error(client, asked) == .connect)
    let unknown = HTTPRequest("GET", try HTTPAddress("http://no-such-host.invalid/"))
    #expect(await error(client, unknown) == .dns)
  }

  @Test func `ends when its task is cancelled in the middle of a body, and alone`() async throws {
    let client = try HTTPClient()
    let gate = try Gate()
    let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf-".utf8)
    let server = try LocalServer { _ in
      Reply([.bytes(head), .wait(gate), .bytes(Array("whole".utf8))])
    }
    defer { server.stop() }
    let asked = try request(server)
    let cancelled = Task { await error(client, asked) }
    let kept = Task { await error(client, asked) }
    await server.received(2)
    cancelled.cancel()
    #expect(await cancelled.value == .cancelled)
    gate.release()
    #expect(await kept.value == nil)
  }

  @Test func `ends once although the client is shut down twice`() async throws {
    let client = try HTTPClient()
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let asked = try request(server)
    let waiting = Task { await error(client, asked) }
    await server.received(1)
    client.shutDown()
    client.shutDown()
    #expect(await waiting.value == .closed)
  }
}
