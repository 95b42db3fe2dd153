import Curl
import Support
import Testing

@Suite("A hostile answer") struct HostileAnswerTests {
  private func kind(
    _ reply: Reply, _ change: (inout HTTPRequest) -> Void = { _ in }
  ) async throws -> CurlError.Kind? {
    let client = try HTTPClient()
    let server = try LocalServer { _ in reply }
    defer { server.stop() }
    let asked = try request(server, "/", change)
    do throws(CurlError) {
      _ = try await client.send(asked)
      return nil
    } catch {
      return error.kind
    }
  }

  private static let ok = "HTTP/1.1 200 OK\r\n"

  @Test func `L1: a chunked body without end stops at the limit`() async throws {
    let reply = Reply([
      .bytes(Array((Self.ok + "Transfer-Encoding: chunked\r\n\r\n").utf8)),
      .endless(Array("1000\r\n".utf8) + [UInt8](repeating: 0x20, count: 4096) + [13, 10]),
    ])
    #expect(try await kind(reply) { $0.bodyLimit = 100_000 } == .tooLarge)
  }

  @Test func `L2: headers without end, and one endless line, fail`() async throws {
    let many = Reply([.bytes(Array(Self.ok.utf8)), .endless(Array("X-A: b\r\n".utf8))])
    #expect(try await kind(many) == .tooLarge)
    let long = Reply([.bytes(Array((Self.ok + "X: ").utf8)), .endless(Array("aaaaaaaa".utf8))])
    #expect(try await kind(long) == .tooLarge)
    let line = Self.ok + "X: " + String(repeating: "a", count: 17_000) + "\r\n\r\n"
    #expect(try await kind(.raw(line, then: .close)) == .tooLarge)
  }

  @Test func `L3: a large length is refused from the headers`() async throws {
    let reply = Reply.raw(Self.ok + "Content-Length: 50000000\r\n\r\n", then: .hang)
    #expect(try await kind(reply) == .tooLarge)
  }

  @Test func `L4: a body that unpacks without measure stops at the limit`() async throws {
    let bomb = Deflate.blanks(count: 9 << 20)
    let head = "Content-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"
    let reply = Reply([.bytes(Array((Self.ok + head).utf8) + bomb)])
    #expect(bomb.count < 64_000)
    #expect(try await kind(reply) == .tooLarge)
  }

  @Test(arguments: [
    "gzip, gzip, gzip", "zstd", "compress", "gzip, rot13",
  ]) func `L5: a coding that was not offered is refused`(codings: String) async throws {
    let reply = Reply.answer(200, [("Content-Encoding", codings)], "x")
    #expect(try await kind(reply) == .encoding)
  }

  @Test(arguments: ["gzip, chunked", "deflate", "br, chunked", "zstd, chunked", "chunked, zstd"])
  func `L5: a transfer coding beside chunked is refused`(codings: String) async throws {
    let text = Self.ok + "Transfer-Encoding: \(codings)\r\n\r\n0\r\n\r\n"
    #expect(try await kind(.raw(text, then: .close)) == .encoding)
  }

  @Test(arguments: ["identity", "", "GZIP", "br", "x-gzip, identity"])
  func `L5: a coding that was offered is no reason to refuse an empty body`(
    codings: String
  ) async throws {
    #expect(try await kind(.answer(200, [("Content-Encoding", codings)])) == nil)
  }

  @Test(arguments: ["-5", "five", "99999999999999999999", "5abc", "5, 6"])
  func `F7: a length that is none ends in a failure, not in a crash`(length: String) async throws {
    let text = Self.ok + "Content-Length: \(length)\r\n\r\nx"
    #expect(try await kind(.raw(text, then: .close)) != nil)
  }

  @Test func `L2: interim answers and trailers count as headers`() async throws {
    let interim = Reply([.endless(Array("HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n".utf8))])
    #expect(try await kind(interim) == .tooLarge)
    let head = Self.ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
    let trailers = Reply([.bytes(Array(head.utf8)), .endless(Array("X-A: b\r\n".utf8))])
    #expect(try await kind(trailers) == .tooLarge)
  }

  @Test(arguments: [(99, nil), (100, nil), (101, CurlError.Kind.tooLarge)])
  func `L1: a body may be as large as the limit and no larger`(
    count: Int, expected: CurlError.Kind?
  ) async throws {
    let body = String(repeating: "a", count: count)
    let sized = try await kind(.answer(200, [], body)) { $0.bodyLimit = 100 }
    #expect(sized == expected)
    let open = try await kind(.raw(Self.ok + "\r\n" + body, then: .close)) { $0.bodyLimit = 100 }
    #expect(open == expected)
  }

  @Test func `L5: layers in several headers are counted together`() async throws {
    let headers = [("Content-Encoding", "gzip"), ("Content-Encoding", "gzip, gzip")]
    #expect(try await kind(.answer(200, headers, "x")) == .encoding)
  }

  @Test func `F3: a plain body called gzip fails`() async throws {
    let reply = Reply.answer(200, [("Content-Encoding", "gzip")], "<rss/>")
    #expect(try await kind(reply) == .encoding)
  }

  @Test func `F5, F12: a body cut short is truncated`() async throws {
    let cut = Reply.raw(Self.ok + "Content-Length: 100\r\n\r\nhalf", then: .close)
    #expect(try await kind(cut) == .truncated)
    let reset = Reply.raw(Self.ok + "Content-Length: 100\r\n\r\nhalf", then: .reset)
    #expect(try await kind(reset) == .truncated)
  }

  @Test func `F7: two lengths that differ are refused, equal ones are not`() async throws {
    let differ = Self.ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy"
    #expect(try await kind(.raw(differ, then: .close)) == .protocol)
    let equal = Self.ok + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"
    #expect(try await kind(.raw(equal, then: .close)) == nil)
  }

  @Test func `F8: chunks that are damaged or do not end fail`() async throws {
    let head = Self.ok + "Transfer-Encoding: chunked\r\n\r\n"
    #expect(try await kind(.raw(head + "xyz\r\nabc", then: .close)) == .truncated)
    #expect(try await kind(.raw(head + "3\r\nabc\r\n", then: .close)) == .truncated)
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "<rss version=\"2.0\"/>", "HTTP/1.1 2x0 OK\r\n\r\n"])
  func `F9: what is no HTTP is refused`(banner: String) async throws {
    let kind = try await kind(.raw(banner, then: .close))
    #expect(kind == .protocol)
  }

  @Test func `F11: a reset before the first byte is a reset`() async throws {
    #expect(try await kind(Reply([.reset])) == .reset)
    #expect(try await kind(Reply([.close])) == .reset)
  }
}
