import Core
import Foundation
import Glibc
import Support
import Synchronization
import Testing

@Suite("Outlets of a daemon") struct OutletTests {
  static func feed() throws -> LocalServer {
    try LocalServer { .answer(200, [], Newsstand.document($0.target, entries: 3)) }
  }

  func installation(_ feed: LocalServer, _ outlets: String, named names: String) throws
    -> Installation
  {
    try Installation(
      """
      page: none
      poll: {first_poll: alert, rate: 0}
      outlets:
      \(outlets)
      defaults: {outlets: [\(names)]}
      rules: [{id: one, match: sandi}, {id: two, match: sandi}, {id: three, match: sandi}]
      feeds: [{name: one, url: "\(feed.address("/one"))", private_network: true}]
      """)
  }

  @Test func `get what was told before they were there, where they ask for it, once`() throws {
    let feed = try Self.feed()
    let desk = try LocalServer { _ in .answer(204) }
    defer { for server in [feed, desk] { server.stop() } }
    let made = try installation(feed, "  other: {kind: exec, argv: [/bin/true]}", named: "file")
    #expect(try made.run("run", "--once").status == 0)
    let ids = try made.alerts().map {
      "\($0["alert_id"]?.string ?? "")-\($0["cursor"]?.string ?? "")"
    }
    try #require(!ids.isEmpty)
    let text = try String(contentsOfFile: made.configuration, encoding: .utf8)
    try made.write(
      text.replacing(
        "other: {kind: exec, argv: [/bin/true]}",
        with: "desk: {kind: webhook, url: \"\(desk.address("/"))\", from: 2000-01-01}"
      ).replacing("outlets: [file]", with: "outlets: [file, desk]"), to: "tidings.yaml")
    for _ in 0..<2 { #expect(try made.run("run", "--once").status == 0) }
    #expect(desk.requests.compactMap { $0["webhook-id"] } == ids)
    #expect(try made.events("delivery.requested").map { $0["by"]?.string } == ["configuration"])
  }

  @Test func `are no trouble any more where they are configured no more`() async throws {
    let feed = try Self.feed()
    let desk = try LocalServer { _ in .answer(401) }
    defer { for server in [feed, desk] { server.stop() } }
    let made = try installation(
      feed, "  desk: {kind: webhook, url: \"\(desk.address("/"))\"}", named: "file, desk")
    #expect(try made.run("run", "--once").status == 0)
    let text = try String(contentsOfFile: made.configuration, encoding: .utf8)
    try made.write(
      text.replacing("outlets: [file, desk]", with: "outlets: [file]")
        .replacing(
          "kind: webhook, url: \"\(desk.address("/"))\"", with: "kind: exec, argv: [/bin/true]"
        )
        .replacing("  desk: {", with: "  other: {"), to: "tidings.yaml")
    for _ in 0..<2 { #expect(try made.run("run", "--once").status == 0) }
    let told = try made.alerts().filter { $0["rule"]?.string == "tidings.outlet" }
    #expect(told.map { $0["state"]?.string } == ["fired", "resolved"])
    #expect(told.map { $0["reason"]?.string } == ["outlet", "withdrawn"])
    #expect(try made.events("outlet.removed").compactMap { $0["outlet"]?.string } == ["desk"])
  }

  @Test func `get signed lines, whatever another one does, and again when a person asks`() throws {
    let feed = try Self.feed()
    let desk = try LocalServer { _ in .answer(204) }
    let broken = try LocalServer { _ in .answer(503) }
    let strict = try LocalServer { _ in .answer(422) }
    defer { for server in [feed, desk, broken, strict] { server.stop() } }
    let made = try installation(
      feed,
      """
        desk: {kind: webhook, url: "\(desk.address("/hook"))", secret_file: secret}
        broken: {kind: slack, url: "\(broken.address("/"))"}
        strict: {kind: discord, url: "\(strict.address("/"))"}
        feed: {kind: atom, path: alerts.atom}
      """, named: "file, desk, broken, strict, feed")
    let key = [UInt8](repeating: 5, count: 24)
    try made.write("whsec_" + Data(key).base64EncodedString() + "\n", to: "secret")
    unsafe chmod(made.path("secret"), 0o600)
    let run = try made.run("run", "--once")
    #expect(run.status == 0, "\(run.errors)")
    let lines = try made.alerts()
    try #require(!lines.isEmpty)
    let ids = lines.map { "\($0["alert_id"]?.string ?? "")-\($0["cursor"]?.string ?? "")" }
    #expect(desk.requests.compactMap { $0["webhook-id"] } == ids)
    for request in desk.requests {
      let head = "\(request["webhook-id"] ?? "").\(request["webhook-timestamp"] ?? "")."
      let mac = HMAC.sha256(Array(head.utf8) + request.body, key: key)
      #expect(request["webhook-signature"] == "v1," + Data(mac).base64EncodedString())
    }
    #expect(broken.requests.count == 1)
    #expect(
      try made.events("alert.undeliverable").map { $0["outlet"]?.string }
        == ids.map { _ in "strict" })
    let atom = try String(contentsOfFile: made.path("data/alerts.atom"), encoding: .utf8)
    #expect(atom.components(separatedBy: "<entry>").count == lines.count + 1)

    let asked = try made.run("deliver", "--outlet", "desk", "--since", "2000-01-01")
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(try made.run("deliver", "--outlet", "strict", "--dead").status == 0)
    #expect(try made.run("deliver", "--outlet", "desk", "--dead").status == 2)
    #expect(try made.run("deliver", "--outlet", "file", "--since", "24h").status == 1)
    for _ in 0..<2 { #expect(try made.run("run", "--once").status == 0) }
    #expect(desk.requests.compactMap { $0["webhook-id"] } == ids + ids)
    #expect(strict.requests.count == 2 * ids.count)
    #expect(try made.alerts().count == lines.count)
  }

  @Test func `never show a secret, and want it for themselves`() throws {
    let feed = try Self.feed()
    defer { feed.stop() }
    let made = try installation(
      feed, "  room: {kind: slack, url_file: slack.url}", named: "file, room")
    let missing = try made.run("check")
    #expect(missing.status == 78 && missing.errors.contains("slack.url' cannot be read"))
    #expect(try made.run("check", "--no-secrets").status == 0)
    try made.write("https://chat.example/services/T0P53CRET\n", to: "slack.url")
    unsafe chmod(made.path("slack.url"), 0o644)
    #expect(try made.run("check").errors.contains("can be read by anyone; chmod o-r it"))
    unsafe chmod(made.path("slack.url"), 0o600)
    #expect(try !made.run("check").errors.contains("can be read by anyone"))
    try made.write("http://chat.example/services/T0P53CRET\n", to: "slack.url")
    let plain = try made.run("check")
    #expect(plain.status == 78 && plain.errors.contains("the address is not encrypted"))
    #expect(!(plain.errors + plain.output).contains("T0P53CRET"))
  }

  @Test func `write to each recipient, with a name and password out of a file`() throws {
    let feed = try Self.feed()
    let mail = try LocalMailServer(refusing: ["RCPT TO:<gone@": "550 no such user"])
    defer {
      feed.stop()
      mail.stop()
    }
    let made = try installation(
      feed,
      """
        desk: {kind: email, server: "smtp://127.0.0.1:\(mail.port)", user: tidings, password_file: smtp.pw,
          from: tidings@example.org, to: [rina@example.org, gone@example.org]}
      """, named: "file, desk")
    try made.write("secret\n", to: "smtp.pw")
    unsafe chmod(made.path("smtp.pw"), 0o600)
    let run = try made.run("run", "--once")
    #expect(run.status == 0, "\(run.errors)")
    let count = try made.alerts().count
    try #require(count > 0)
    #expect(mail.taken.map(\.recipient) == Array(repeating: "rina@example.org", count: count))
    #expect(mail.taken.allSatisfy { $0.lines.contains("Auto-Submitted: auto-generated") })
    let receipts = try made.events("alert.delivered").filter { $0["outlet"]?.string == "desk" }
      .compactMap { $0["detail"]?.string }
    #expect(
      receipts
        == Array(
          repeating: "250, but refused by gone@example.org: 550 no such user", count: count))
  }

  @Test(arguments: [
    ("{kind: email, from: a@b, to: c@d}", "has no server"),
    ("{kind: email, server: \"https://x\", from: a@b, to: c@d}", "is no mail server"),
    ("{kind: email, server: \"smtp://x\", from: a, to: c@d}", "'a' is no mail address"),
    ("{kind: email, server: \"smtp://x\", from: a@b}", "has no to"),
    ("{kind: email, server: \"smtp://x\", from: a@b, to: c@d, user: u}", "only one of user"),
    (
      "{kind: email, server: \"smtp://x\", from: a@b, to: c@d, ca_file: none.pem}",
      "holds no certificate"
    ),
    ("{kind: slack, url: \"https://x.example/\", ca_file: none.pem}", "holds no certificate"),
    ("{kind: webhook}", "has no url"), ("{kind: webhok}", "did you mean webhook"),
    ("{kind: webhook, url: \"https://x.example/\", topic: a}", "unknown key 'topic'"),
    ("{kind: webhook, url: \"ftp://x\"}", "is no address"),
    ("{kind: exec, argv: [ls]}", "absolute path"),
    ("{kind: atom, path: a, digest: 15m}", "unknown key 'digest'"),
    ("{kind: slack, url: \"https://x.example/\", digest: hourly}", "'hourly' is no digest"),
    (
      "{kind: template, body: {a: \"{{titel}}\"}, request: {url: \"https://x.example/\"}}",
      "unknown name 'titel'"
    ),
    (
      "{kind: template, body: {a: b}, request: {url: \"https://x.example/\", headers: {x: \"{{title}}\"}}}",
      "a header holds words of the alert"
    ),
  ]) func `that are wrong say what to do`(outlet: String, words: String) throws {
    let made = try Installation("page: none\noutlets:\n  desk: \(outlet)\n")
    let check = try made.run("check")
    #expect(check.status == 78)
    #expect(check.errors.contains(words), "\(check.errors)")
  }
}
