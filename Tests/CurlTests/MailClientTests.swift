import Support
import Testing

@testable import Curl

@Suite("A mail client") struct MailClientTests {
  static let message = Array("Subject: gempa\r\n\r\n.a dot first\r\nlast\r\n".utf8)

  func send(_ server: LocalMailServer, user: String? = nil) async throws -> MailAnswer {
    var settings = try MailServer("smtp://127.0.0.1:\(server.port)")
    (settings.user, settings.password) = (user, user.map { _ in "secret" })
    return try await MailClient().send(
      Self.message, from: "tidings@example.org", to: "desk@example.org", by: settings)
  }

  @Test func `hands a message over as it is`() async throws {
    let server = try LocalMailServer()
    defer { server.stop() }
    guard case .reply(250, _) = try await send(server, user: "rina") else {
      Issue.record("not taken")
      return
    }
    let letter = try #require(server.taken.first)
    #expect(letter.sender == "tidings@example.org" && letter.recipient == "desk@example.org")
    #expect(letter.lines == ["Subject: gempa", "", ".a dot first", "last"])
  }

  @Test(arguments: [
    ("", "421 busy", 421), ("MAIL", "451 later", 451), ("RCPT", "550 5.1.1 no such user", 550),
    ("DATA", "554 no", 554), (".", "552 too large", 552), ("AUTH", "535 wrong", 535),
  ])
  func `says what the server refused with`(command: String, reply: String, code: Int) async throws {
    let server = try LocalMailServer(refusing: [command: reply])
    defer { server.stop() }
    guard case .reply(let answer, let line) = try await send(server, user: "rina") else {
      Issue.record("no reply to \(command)")
      return
    }
    #expect(answer == code && line.hasPrefix(String(code)), "\(line)")
  }

  @Test func `says why there is no reply`() async throws {
    let closed = try ClosedPort()
    let server = try MailServer("smtp://127.0.0.1:\(closed.port)")
    let answer = try await MailClient().send(Self.message, from: "a@b", to: "c@d", by: server)
    withExtendedLifetime(closed) {}
    guard case .failed(let error) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(error.kind == .connect)
  }

  @Test func `speaks to no link-local address`() async throws {
    let server = try MailServer("smtp://169.254.169.254:25")
    let answer = try await MailClient().send(Self.message, from: "a@b", to: "c@d", by: server)
    #expect(answer == .failed(CurlError(.refusedAddress, "the server's address is link-local")))
  }

  @Test(arguments: [
    "http://mail.example", "mail.example:25", "smtp://", "smtp://a b", "smtp://user@mail.example",
    "smtp://mail.example:0", "smtp://mail.example:99999", "smtp://mail.example/path",
    "smtps://[::x]",
  ])
  func `takes no address that is none`(text: String) {
    #expect(throws: CurlError.self) { try MailServer(text) }
  }

  @Test func `does without encryption on this machine alone`() throws {
    #expect(try MailServer("smtp://mail.example:587").needsTLS)
    #expect(try MailServer("smtps://Mail.Example").address == "smtps://mail.example")
    #expect(try !MailServer("smtp://[::1]:25").needsTLS)
  }
}
