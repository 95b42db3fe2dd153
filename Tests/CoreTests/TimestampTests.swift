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

  /// An offset can lead out of the years that RFC 3339 knows; what was written must be read again.
  @Test(arguments: [
    ("0000-01-01T00:00:00+01:00", "0000-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59Z"),
    ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
  ])
  func `beyond the years 0 to 9999 is written as the nearest in them`(
    text: String, written: String
  ) throws {
    #expect(Timestamp.text(try #require(Timestamp.date(text))) == written)
  }

  @Test func `keeps microseconds`() throws {
    let date = Date(timeIntervalSince1970: 1_715_837_220.000_045)
    #expect(Timestamp.text(date) == "2024-05-16T05:27:00.000045Z")
    #expect(Timestamp.text(date + 0.9) == "2024-05-16T05:27:00.900045Z")
  }
}
