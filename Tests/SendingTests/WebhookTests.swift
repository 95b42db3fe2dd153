import Core
import Foundation
import Testing

@testable import Sending

@Suite("A webhook") struct WebhookTests {
  static let text = "whsec_dGlkaW5ncyB0ZXN0IGtleSwgMzIgYnl0ZXMgbG9uZyE="
  static let now = Date(timeIntervalSince1970: 1_715_837_467)

  func header(_ name: String, _ envelope: Envelope) -> String? {
    let values = envelope.headers.filter { $0.name == name }.map(\.value)
    return values.count == 1 ? values[0] : nil
  }

  @Test func `is signed after Standard Webhooks`() throws {
    let secret = try #require(WebhookSecret(Self.text))
    let body = #"{"type":"alert.fired","timestamp":"2024-05-16T05:31:07Z","data":{"v":1}}"#
    #expect(
      secret.signature(
        id: "ujs6clmkhx43ufnbwj65taahha-184223", seconds: 1_715_837_467, body: Array(body.utf8))
        == "v1,HmEC4ORnfzbHQZeOMUrdxwHwQUzgzEwXKmo+zTDGWo4=")
  }

  @Test(arguments: ["", "whsec_", "whsec_AAAA", "abc", "whsec_!!!"])
  func `takes no secret that is none`(text: String) {
    #expect(WebhookSecret(text) == nil)
  }

  @Test func `shows no secret`() throws {
    #expect("\(try #require(WebhookSecret(Self.text)))" == "whsec_…")
  }

  @Test func `has the line, its key and a signature for each secret`() throws {
    let secrets = try [Self.text, "whsec_" + Data(repeating: 7, count: 24).base64EncodedString()]
      .map { try #require(WebhookSecret($0)) }
    let line = AlertFileTests.line(7)
    let envelope = Webhook(secrets: secrets).envelope(Bundle([line], for: "desk"), at: Self.now)
    #expect(header("webhook-id", envelope) == "alert-7-7")
    #expect(header("webhook-timestamp", envelope) == "1715837467")
    #expect(header("content-type", envelope) == "application/json")
    let signatures = try #require(header("webhook-signature", envelope)).split(separator: " ")
    #expect(signatures.count == 2 && Set(signatures).count == 2)
    #expect(
      String(decoding: envelope.body, as: UTF8.self)
        == #"{"type":"alert.fired","timestamp":"2024-05-16T05:27:00Z","data":"#
        + String(decoding: line.bytes, as: UTF8.self) + "}")
  }

  @Test func `sends the line alone where that is wanted`() {
    let line = AlertFileTests.line(7)
    let webhook = Webhook(secrets: [], isBare: true)
    let envelope = webhook.envelope(Bundle([line], for: "desk"), at: Self.now)
    #expect(envelope.body == line.bytes)
    #expect(header("webhook-signature", envelope) == nil)
  }

  @Test func `sends several lines as one digest`() throws {
    let lines = (7...9).map { AlertFileTests.line($0) }
    let envelope = Webhook(secrets: []).envelope(Bundle(lines, for: "desk.x"), at: Self.now)
    let value = try JSONValue(parsing: envelope.body)
    #expect(value["type"]?.string == "alert.digest")
    #expect(value["data"]?["lines"]?.array?.compactMap { $0["cursor"]?.string } == ["7", "8", "9"])
    #expect(header("webhook-id", envelope) == "digest-desk_x-7-9")
  }

  @Test func `leaves the reasons out of a line that is too long`() throws {
    var alert = AlertFileTests.line(1).alert
    alert.why = Array(
      repeating: Alert.Clause(clause: String(repeating: "k", count: 1_700)), count: 32)
    let bundle = Bundle([AlertLine(alert, cursor: 1)], for: "desk")
    let body = Webhook(secrets: []).envelope(bundle, at: Self.now).body
    #expect(body.count < Webhook.bodyLimitBytes)
    #expect(try JSONValue(parsing: body)["data"]?["why"]?.array == [])
  }

  @Test(arguments: Hostile.titles) func `takes nothing from a title but text`(title: String) throws
  {
    let line = Hostile.line(title)
    let envelope = Webhook(secrets: []).envelope(Bundle([line], for: "desk"), at: Self.now)
    #expect(!envelope.body.contains { $0 < 0x20 || $0 == 0x7F })
    let value = try JSONValue(parsing: envelope.body)
    #expect(value["data"]?["article"]?["title"]?.string == line.alert.article?.title)
    #expect(value["data"]?["cursor"]?.string == "7")
    #expect(envelope.headers.map(\.value).joined().utf8.allSatisfy { (0x20..<0x7F).contains($0) })
  }
}
