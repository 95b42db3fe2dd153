import Core
import Curl
import Foundation
import Support
import Testing

@testable import Sending

@Suite("An outlet over HTTP") struct HTTPOutletTests {
  static let now = Date(timeIntervalSince1970: 1_715_837_467)
  let client: HTTPClient

  init() throws {
    client = try HTTPClient()
  }

  func outlet(
    _ address: String, _ format: HTTPOutlet.Format = .webhook(Webhook(secrets: [])),
    timeout: Duration = .seconds(20), authorities: String? = nil
  ) -> HTTPOutlet {
    HTTPOutlet(
      name: "desk", address: address, format: format, timeout: timeout, authorities: authorities,
      client: client
    ) { Self.now }
  }

  @Test(.enabled(if: TLSServer.isAvailable, "openssl is missing"))
  func `is judged by the authorities that are named for it`() async throws {
    let server = try TLSServer(.good, answering: "HTTP/1.0 204 No Content\r\n\r\n")
    defer { server.stop() }
    let address = "https://127.0.0.1:\(server.port)/feed"
    guard case .faulty(let reason, _) = await outlet(address).send([AlertFileTests.line(7)]) else {
      Issue.record("a certificate that nobody vouches for was taken, or not told of at once")
      return
    }
    #expect(reason.hasPrefix("tls:"), "\(reason)")
    // Its answer is openssl's affair; that there is a connection is ours.
    let known = outlet(address, timeout: .seconds(3), authorities: server.authorities)
    if case .retry(let reason, _) = await known.send([AlertFileTests.line(7)]) {
      #expect(!reason.hasPrefix("tls:"), "\(reason)")
    }
  }

  /// What a receiver of Standard Webhooks does, by its own arithmetic.
  func isSigned(_ request: Request, _ key: [UInt8]) -> Bool {
    guard let id = request["webhook-id"], let time = request["webhook-timestamp"],
      let signature = request["webhook-signature"]
    else { return false }
    let mac = HMAC.sha256(Array("\(id).\(time).".utf8) + request.body, key: key)
    return signature == "v1," + Data(mac).base64EncodedString()
  }

  @Test func `brings a signed line, the same in each attempt`() async throws {
    let server = try LocalServer { _ in .answer(503) }
    defer { server.stop() }
    let key = [UInt8](repeating: 9, count: 32)
    let secret = try #require(WebhookSecret("whsec_" + Data(key).base64EncodedString()))
    let desk = outlet(server.address("/hook"), .webhook(Webhook(secrets: [secret])))
    for _ in 0..<2 { _ = await desk.send([AlertFileTests.line(7)]) }
    let requests = server.requests
    #expect(requests.count == 2 && requests[0].method == "POST" && requests[0].target == "/hook")
    #expect(requests.allSatisfy { isSigned($0, key) })
    #expect(requests[0].body == requests[1].body)
    #expect(requests[0]["webhook-id"] == requests[1]["webhook-id"])
    #expect(requests[0]["content-type"] == "application/json")
  }

  @Test(arguments: [
    (Reply.answer(204), Outcome.delivered(receipt: "204")),
    (.redirect(302, to: "http://127.0.0.1:9/"), .paused("HTTP 302")),
    (.answer(400, [], "no\u{1b}[2J"), .dead("HTTP 400: no\\u{1b}[2J")),
    (.answer(401), .paused("HTTP 401")), (.answer(404), .paused("HTTP 404")),
    (.answer(408), .retry("HTTP 408", after: nil)), (.answer(410), .gone("HTTP 410")),
    (.answer(422), .dead("HTTP 422")),
    (.answer(429, [("Retry-After", "90")]), .retry("HTTP 429", after: .seconds(90))),
    (
      .answer(429, [("Retry-After", "Thu, 16 May 2024 05:41:07 GMT")]),
      .retry("HTTP 429", after: .seconds(600))
    ),
    (.answer(429, [("Retry-After", "999999")]), .retry("HTTP 429", after: .seconds(3_600))),
    (.answer(429, [("Retry-After", "soon")]), .retry("HTTP 429", after: nil)),
    (.answer(500), .refused("HTTP 500", after: nil)),
    (.answer(503, [("Retry-After", "5")]), .refused("HTTP 503", after: .seconds(5))),
  ]) func `judges each answer`(reply: Reply, expected: Outcome) async throws {
    let server = try LocalServer { _ in reply }
    defer { server.stop() }
    #expect(await outlet(server.address("/")).send([AlertFileTests.line(7)]) == expected)
  }

  @Test func `waits as long as the service's own field says`() async throws {
    let server = try LocalServer { _ in .answer(429, [], #"{"parameters":{"retry_after":17}}"#) }
    defer { server.stop() }
    let chat = Preset.telegram(chat: "1", token: "1:A")
    let outcome = await outlet(server.address(""), .chat(chat)).send([AlertFileTests.line(7)])
    let reason = #"HTTP 429: {"parameters":{"retry_after":17}}"#
    #expect(outcome == .retry(reason, after: .seconds(17)))
    #expect(server.requests.first?.target == "/bot1:A/sendMessage")
  }

  @Test(arguments: [Reply([.reset]), Reply([.close]), .silence])
  func `tries again what was broken off or never answered`(reply: Reply) async throws {
    let server = try LocalServer { _ in reply }
    defer { server.stop() }
    let desk = outlet(server.address("/"), timeout: .milliseconds(300))
    guard case .retry(_, nil) = await desk.send([AlertFileTests.line(7)]) else {
      Issue.record("it was taken")
      return
    }
  }

  @Test func `reads no more than it needs of an answer without an end`() async throws {
    let server = try LocalServer { _ in
      Reply([
        .bytes(Array("HTTP/1.1 200 Fine\r\nContent-Length: 1073741824\r\n\r\n".utf8)),
        .endless([UInt8](repeating: 0x78, count: 4_096)),
      ])
    }
    defer { server.stop() }
    #expect(
      await outlet(server.address("/")).send([AlertFileTests.line(7)]) == .delivered(receipt: "200")
    )
  }

  @Test func `names no path of its address in an error`() async throws {
    let port = try ClosedPort()
    let desk = outlet("http://127.0.0.1:\(port.port)/services/T0/secret")
    guard case .retry(let reason, _) = await desk.send([AlertFileTests.line(7)]) else {
      Issue.record("it was taken")
      return
    }
    #expect(!reason.contains("secret"))
  }

  @Test(arguments: ["http://169.254.169.254/", "http://[fd00:ec2::254]/", "http://[fe80::1]/"])
  func `refuses addresses where clouds keep credentials`(address: String) async {
    guard case .retry(let reason, _) = await outlet(address).send([AlertFileTests.line(7)]) else {
      Issue.record("it was sent")
      return
    }
    #expect(reason.hasPrefix("refusedAddress"))
  }

  @Test(arguments: [
    ("https://x/a", "?wait=true", "https://x/a?wait=true"),
    ("https://x/a?t=1", "?wait=true", "https://x/a?t=1&wait=true"),
    ("https://x/", "/p", "https://x/p"), ("https://x", "/p", "https://x/p"),
    ("https://x/a", "", "https://x/a"),
  ]) func `joins address and path`(address: String, path: String, expected: String) {
    #expect(HTTPOutlet.join(address, path) == expected)
  }
}
