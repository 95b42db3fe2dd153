import Core
import Foundation
import Testing

@testable import Sending

@Suite("The body of Alertmanager") struct AlertmanagerTests {
  let manager = Alertmanager(receiver: "ops", externalURL: "https://tidings.example")

  func body(_ lines: [AlertLine]) throws -> JSONValue {
    try JSONValue(parsing: manager.envelope(Bundle(lines, for: "ops")).body)
  }

  @Test func `is that of version 4`() {
    let envelope = manager.envelope(Bundle([AlertFileTests.line(7)], for: "ops"))
    let labels = #"{"alertname":"quake","feed":"wire","severity":"warning"}"#
    let annotations =
      #"{"alert_id":"alert-7","description":"","summary":"Gempa","url":"https://n.example/"}"#
    #expect(
      String(decoding: envelope.body, as: UTF8.self)
        == #"{"version":"4","groupKey":"{}:{alertname=\"quake\"}","truncatedAlerts":0,"#
        + #""status":"firing","receiver":"ops","groupLabels":{"alertname":"quake"},"#
        + #""commonLabels":\#(labels),"commonAnnotations":\#(annotations),"#
        + #""externalURL":"https://tidings.example","alerts":[{"status":"firing","#
        + #""labels":\#(labels),"annotations":\#(annotations),"startsAt":"2024-05-16T05:27:00Z","#
        + #""endsAt":"2024-05-16T05:32:00Z","#
        + #""generatorURL":"https://tidings.example/alerts/alert-7","#
        + #""fingerprint":"42419e0e7769e4a2"}]}"#)
  }

  @Test func `tells an end by its time, and of a spike none while it lasts`() throws {
    var alert = AlertFileTests.line(7).alert
    alert.reason = "spike"
    #expect(
      try body([AlertLine(alert, cursor: 7)])["alerts"]?.array?[0]["endsAt"]?.string
        == "0001-01-01T00:00:00Z")
    alert.state = .resolved
    let resolved = try body([AlertLine(alert, cursor: 8)])
    #expect(resolved["status"]?.string == "resolved")
    #expect(resolved["alerts"]?.array?[0]["endsAt"]?.string == "2024-05-16T05:27:00Z")
  }

  @Test func `has all lines of a digest`() throws {
    let value = try body((1...12).map { AlertFileTests.line($0) })
    #expect(value["alerts"]?.array?.count == 12)
    #expect(value["commonAnnotations"]?["alert_id"] == nil)
  }

  @Test func `tells labels apart by their fingerprint`() {
    let labels = [
      "alertname": "putin-xi", "severity": "warning", "feed": "kumparan", "lang": "id",
      "group": "story=s_41a",
    ]
    #expect(Alertmanager.fingerprint(labels) == "9e8fc6053b85989d")
  }

  @Test(arguments: Hostile.titles) func `has no word of a feed in its labels`(title: String) throws
  {
    let value = try body([Hostile.line(title)])
    let alert = try #require(value["alerts"]?.array?.first)
    guard case .object(let labels)? = alert["labels"] else {
      Issue.record("no labels")
      return
    }
    #expect(labels.map(\.key) == ["alertname", "feed", "lang", "severity"])
    #expect(labels.map(\.value.string) == ["quake", "wire", "id", "warning"])
    let summary = try #require(alert["annotations"]?["summary"]?.string)
    #expect(!summary.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202e}" })
    #expect(alert["annotations"]?["url"] == nil)
  }
}
