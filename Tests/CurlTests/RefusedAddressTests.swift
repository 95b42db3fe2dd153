import Curl
import Support
import Testing

@Suite("A request into a private network") struct RefusedAddressTests {
  @Test(arguments: [
    "127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1",
  ]) func `is refused before it connects, however it is spelled`(host: String) async throws {
    let client = try HTTPClient()
    let server = try LocalServer { _ in .answer() }
    defer { server.stop() }
    let address = try HTTPAddress("http://\(host):\(server.port)/")
    let error = await #expect(throws: CurlError.self) {
      _ = try await client.send(HTTPRequest("GET", address))
    }
    #expect(error?.kind == .refusedAddress)
    #expect(server.connections == 0)
  }

  @Test func `is refused although a permitted one left its connection open`() async throws {
    let client = try HTTPClient()
    let server = try LocalServer { _ in .answer() }
    defer { server.stop() }
    _ = try await client.send(request(server))
    let error = await #expect(throws: CurlError.self) {
      _ = try await client.send(request(server) { $0.allowsPrivateNetwork = false })
    }
    #expect(error?.kind == .refusedAddress)
    #expect(server.requests.count == 1)
  }

  @Test func `never reaches a cloud's metadata, permitted or not`() async throws {
    let client = try HTTPClient()
    var request = HTTPRequest("GET", try HTTPAddress("http://169.254.169.254/latest/"))
    request.allowsPrivateNetwork = true
    let error = await #expect(throws: CurlError.self) { _ = try await client.send(request) }
    #expect(error?.kind == .refusedAddress)
  }
}
