import Core
import EventLog
import Foundation
import Support
import Testing

@testable import tidings

@Suite("What was known of an alert") struct AlertStandingTests {
  static let now = Date(timeIntervalSince1970: 1_715_837_220)
  let alert = Alert(
    id: Alert.ID("x"), rule: "watch", ruleRevision: "0", severity: .info, state: .fired, at: now,
    reason: "new", outlets: ["file", "journal", "desk"])

  func delivery(_ outlet: String, alert: String = "x", number: Int = 0) -> Delivery {
    Delivery(
      alert: Alert.ID(alert), number: number, state: .fired, outlet: outlet, attempts: 1)
  }

  func standing(_ facts: Event.Fact...) -> AlertStanding {
    var standing = AlertStanding(alert, at: Position(rawValue: 7))
    for (number, fact) in facts.enumerated() {
      standing.take(Event(at: Self.now.addingTimeInterval(Double(number) + 1), fact))
    }
    return standing
  }

  @Test func `tells which outlets had it and who had acknowledged it first`() throws {
    let standing = standing(
      .alertDelivered(delivery("file")), .alertUndeliverable(delivery("desk")),
      .alertAcknowledged(alert.id, Judgement(by: "rina")),
      .alertAcknowledged(alert.id, Judgement(by: "budi")))
    #expect(
      standing.person
        == "          delivered at file 2024-05-16T05:27:01Z; due at journal; "
        + "undeliverable at desk 2024-05-16T05:27:02Z; acknowledged by rina 2024-05-16T05:27:03Z")
    let line = String(
      decoding: alert.line(cursor: "7", adding: standing.writeFields), as: UTF8.self)
    #expect(
      line.hasSuffix(
        #""outlets":[{"outlet":"file","state":"delivered","at":"2024-05-16T05:27:01Z"},"#
          + #"{"outlet":"journal","state":"due"},"#
          + #"{"outlet":"desk","state":"undeliverable","at":"2024-05-16T05:27:02Z"}],"#
          + #""acknowledged":{"by":"rina","at":"2024-05-16T05:27:03Z"}}"#), "\(line)")
  }

  @Test func `is not changed by what is said of another line or alert`() {
    let other = standing(
      .alertDelivered(delivery("file", alert: "y")), .alertDelivered(delivery("file", number: 1)),
      .alertDelivered(delivery("pager")), .alertAcknowledged(Alert.ID("y"), Judgement(by: "rina")),
      .clockTicked)
    #expect(other == standing())
    #expect(other.outlets.map(\.state) == [.due, .due, .due] && other.acknowledged == nil)
  }

  @Test func `is shown by tail as of a moment`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let between = Timestamp.text(Date())
    stand.grow(to: 5)
    try await LogCommandTests.once(installation)
    func tail(_ more: String...) throws -> [JSONValue] {
      let arguments = ["tail", "--json", "--config", installation.configuration]
      return try LogCommandTests.lines(try Installation.run(arguments + more))
    }
    let (now, past) = (try tail(), try tail("--as-of", between))
    #expect(now.count > 6 && past.count == 6)
    #expect(past.map { $0["cursor"] } == now.prefix(6).map { $0["cursor"] })
    #expect(past.allSatisfy { $0["outlets"]?.array?.first?["state"]?.string == "delivered" })
    #expect(now.allSatisfy { $0["outlets"] == nil })
    #expect(try tail("--as-of", "2000-01-01").isEmpty)
    #expect(try tail("--as-of", "2099-01-01").count == now.count)
    #expect(
      try tail("--as-of", between, "-n", "2").map { $0["cursor"] }
        == past[4...].map { $0["cursor"] })
    let people = try installation.run("tail", "--as-of", between, "-n", "1")
    #expect(people.output.contains("          delivered at file 20"), "\(people.output)")
    #expect(try installation.run("tail", "-f", "--as-of", between).status == 64)
  }
}
