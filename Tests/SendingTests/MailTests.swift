import Core
import Curl
import Foundation
import Synchronization
import Testing

@testable import Sending

@Suite("A mail") struct MailTests {
  /// The head's fields, unfolded, and the two parts, decoded.
  struct Read {
    var fields: [(name: String, value: String)] = []
    var text = ""
    var html = ""

    init(_ bytes: [UInt8]) throws {
      let whole = String(decoding: bytes, as: UTF8.self)
      #expect(!whole.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
      #expect(whole.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 78 })
      let end = try #require(whole.firstRange(of: "\r\n\r\n"))
      for line in whole[..<end.lowerBound].replacing("\r\n ", with: " ").split(separator: "\r\n") {
        let parts = line.split(separator: ":", maxSplits: 1)
        fields.append((String(parts[0]), try Self.decoded(String(parts[1].dropFirst()))))
      }
      let boundary = try #require(self["Content-Type"]?.split(separator: "\"").last)
      let parts = whole[end.upperBound...].components(separatedBy: "--\(boundary)")
      (text, html) = (try Self.body(parts[1]), try Self.body(parts[2]))
      #expect(parts.count == 4 && parts[3] == "--\r\n")
    }

    subscript(name: String) -> String? {
      let values = fields.filter { $0.name == name }
      return values.count == 1 ? values[0].value : nil
    }

    private static func body(_ part: String) throws -> String {
      let encoded = part.components(separatedBy: "\r\n\r\n")[1].replacing("\r\n", with: "")
      return String(decoding: try #require(Data(base64Encoded: encoded)), as: UTF8.self)
    }

    /// Encoded words put together (RFC 2047 §6.2: blanks between two do not count).
    private static func decoded(_ value: String) throws -> String {
      guard value.hasPrefix("=?UTF-8?B?") else { return value }
      return try value.split(separator: " ").map { word in
        let inner = word.dropFirst(10).dropLast(2)
        return String(decoding: try #require(Data(base64Encoded: String(inner))), as: UTF8.self)
      }.joined()
    }
  }

  static func read(_ lines: [AlertLine]) throws -> Read {
    try Read(
      MailMessage(Bundle(lines, for: "desk"), from: "tidings@example.org", to: "rina@example.org")
        .bytes)
  }

  @Test func `says what fired, where and why`() throws {
    let title = "Gempa <kuat> & tsunami di Ambon, warga mengungsi ke bukit-bukit sekitar kota"
    var alert = Hostile.line(title).alert
    alert.article?.url = "https://news.example/a?b=1&c=2"
    alert.why = [Alert.Clause(clause: "gempa", field: "title", start: 0, end: 5, text: "Gempa")]
    alert.coverage = Alert.Coverage(feedsOK: 41, feeds: 43, gaps: 1)
    let mail = try Self.read([AlertLine(alert, cursor: 7)])
    #expect(mail["From"] == "Tidings <tidings@example.org>" && mail["To"] == "<rina@example.org>")
    #expect(mail["Subject"] == "[warning] quake: \(title)")
    #expect(mail["Date"] == "Thu, 16 May 2024 05:31:07 +0000")
    #expect(mail["Message-ID"] == "<ujs6@example.org>" && mail["In-Reply-To"] == nil)
    #expect(mail["Auto-Submitted"] == "auto-generated")
    #expect(mail["List-Id"] == "<quake.rules.example.org>")
    #expect(mail["X-Tidings-State"] == "fired" && mail["X-Tidings-Severity"] == "warning")
    #expect(mail.text.contains("\r\n\(title)\r\n"))
    #expect(mail.text.contains("https://news.example/a?b=1&c=2"))
    #expect(mail.text.contains("41 of 43 feeds answer, 1 gap"))
    #expect(mail.html.contains("<mark>Gempa</mark> &lt;kuat&gt; &amp; tsunami"))
    #expect(mail.html.contains("href=\"https://news.example/a?b=1&amp;c=2\""))
  }

  @Test func `makes a thread of an alert's lines`() throws {
    var alert = Hostile.line("Gempa").alert
    alert.state = .amended
    let mail = try Self.read([AlertLine(alert, cursor: 9)])
    #expect(mail["Message-ID"] == "<ujs6-9@example.org>")
    #expect(mail["In-Reply-To"] == "<ujs6@example.org>")
    #expect(mail["References"] == "<ujs6@example.org>")
    #expect(mail["Subject"] == "[warning] quake: amended: Gempa")
  }

  @Test(arguments: Hostile.titles)
  func `lets nothing that a feed says be more than text`(title: String) throws {
    let mail = try Self.read([Hostile.line(title)])
    let names = mail.fields.map(\.name)
    #expect(names.count == Set(names).count && !names.contains("Bcc"))
    #expect(!mail.html.contains("<img") && !mail.html.contains("<script"))
    #expect(!mail.html.contains("href=\"javascript") && !mail.html.contains("href=\"data"))
    for text in [mail.text, mail.html, mail["Subject"] ?? ""] {
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\r" && $0 != "\n" })
      #expect(!text.unicodeScalars.contains("\u{202e}") && !text.contains("\r\n.\r\n"))
    }
    #expect(mail["Subject"].map { !$0.contains("\n") } == true)
  }

  @Test func `tells a digest by rule, and how much it leaves out`() throws {
    let lines = (1...60).map { number -> AlertLine in
      var alert = Hostile.line("Kabar \(number)").alert
      alert.rule = number.isMultiple(of: 2) ? "genap" : "ganjil"
      return AlertLine(alert, cursor: UInt64(number))
    }
    let mail = try Self.read(lines)
    #expect(mail["Subject"] == "60 alerts: ganjil 30, genap 30")
    #expect(mail["Message-ID"] == "<digest.desk.1.60@example.org>")
    #expect(mail.text.contains("ganjil: 30") && mail.text.contains("and 10 more"))
    let rows = mail.text.split(separator: "\r\n")
    #expect(rows.count { $0.hasPrefix("Kabar ") } == 50)
    let (last, second) = (rows.firstIndex(of: "Kabar 59"), rows.firstIndex(of: "genap: 30"))
    #expect(try #require(last) < #require(second))
  }

  @Test func `stays within its size, whatever the titles`() {
    let lines = (1...256).map { Hostile.line(String(repeating: "界", count: 4_000), cursor: $0) }
    let bundle = Bundle(lines, for: "desk")
    #expect(MailMessage(bundle, from: "a@b", to: "c@d").bytes.count < 256 << 10)
  }

  // MARK: The outlet

  @Test func `goes to each recipient once, whatever becomes of the others`() async {
    let sent = Mutex<[String]>([])
    let outlet = MailOutlet(name: "desk", from: "t@x", to: ["a@x", "b@x", "c@x"]) { _, _, to in
      let round = sent.withLock { sent in
        sent.append(to)
        return sent.count
      }
      switch to {
      case "b@x":
        return round < 4 ? .reply(code: 451, line: "451 later") : .reply(code: 250, line: "")
      case "c@x": return .reply(code: 550, line: "550 no such user")
      default: return .reply(code: 250, line: "250 OK")
      }
    }
    #expect(await outlet.send([Hostile.line("Gempa")]) == .retry("451 later", after: nil))
    #expect(
      await outlet.send([Hostile.line("Gempa")])
        == .delivered(receipt: "250, but refused by c@x: 550 no such user"))
    #expect(sent.withLock { $0 } == ["a@x", "b@x", "c@x", "b@x"])
  }

  @Test(arguments: [
    (MailAnswer.reply(code: 250, line: "250 OK"), Outcome.delivered(receipt: "250")),
    (.reply(code: 450, line: "450 busy"), .retry("450 busy", after: nil)),
    (.reply(code: 530, line: "530 who"), .paused("530 who")),
    (.reply(code: 535, line: "535 no"), .paused("535 no")),
    (.reply(code: 552, line: "552 size"), .dead("552 size")),
    (.failed(CurlError(.tls, "x")), .retry("tls: x", after: nil)),
    (.failed(CurlError(.tls, "x", isUntrusted: true)), .faulty("tls: x", after: nil)),
    (.failed(CurlError(.request, "x")), .paused("the server's address cannot be used")),
  ])
  func `means what the server's answer means`(answer: MailAnswer, outcome: Outcome) {
    #expect(MailOutlet.outcome(answer) == outcome)
  }
}
