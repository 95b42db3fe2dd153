import Core
import Foundation
import Testing

@Suite("A timestamp") struct TimestampTests {
  @Test(arguments: [
    ("2024-05-16T05:27:00Z", 1_715_837_220.0), ("2024-02-29T23:59:59Z", 1_709_251_199),
    ("1969-12-31T23:59:59Z", -1), ("2024-05-16T05:27:00.25Z", 1_715_837_220.25),
    ("2199-12-31T00:00:00Z", 7_258_032_000),
  ])
  func `is written and read alike`(text: String, seconds: Double) throws {
    let date = try #require(Timestamp.date(text))
    #expect(date.timeIntervalSince1970 == seconds)
    #expect(Timestamp.text(date) == text)
  }

  @Test func `is read with an offset`() throws {
    let date = try #require(Timestamp.date("2024-05-16T12:27:00+07:00"))
    #expect(Timestamp.text(date) == "2024-05-16T05:27:00Z")
  }

  @Test(arguments: [
    "", "2024-05-16", "2024-13-01T00:00:00Z", "2024-05-16T25:00:00Z", "2024-05-16T05:27:00",
  ])
  func `is not read from other text`(text: String) {
    #expect(Timestamp.date(text) == nil)
  }
}
