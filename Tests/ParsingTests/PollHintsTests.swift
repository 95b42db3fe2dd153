import Core
import Testing

@testable import Parsing

@Suite("When a feed wants to be asked again") struct PollHintsTests {
  static func feed(_ head: String) throws -> ParsedFeed {
    try ParsedFeed(
      parsing: Array("<rss><channel>\(head)<item><title>A</title></item></channel></rss>".utf8),
      base: nil, contentType: nil, contentLanguage: nil)
  }

  @Test(
    arguments: [
      ("", nil), ("<ttl> 60 </ttl>", 60), ("<ttl><![CDATA[60]]></ttl>", 60),
      ("<ttl>soon</ttl>", nil),
      ("<ttl>-5</ttl>", 0), ("<ttl>9999</ttl>", 1_440),
      ("<sy:updatePeriod>\n hourly </sy:updatePeriod>", 60),
      ("<sy:updateFrequency>4</sy:updateFrequency><sy:updatePeriod>Daily</sy:updatePeriod>", 360),
      ("<sy:updatePeriod>weekly</sy:updatePeriod><sy:updateFrequency>14</sy:updateFrequency>", 720),
      ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60),
      ("<sy:updatePeriod>monthly</sy:updatePeriod>", 1_440),
      ("<sy:updatePeriod>yearly</sy:updatePeriod>", 1_440),
      ("<sy:updatePeriod>often</sy:updatePeriod>", nil),
      ("<updatePeriod>hourly</updatePeriod>", nil),
      ("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 60),
      ("<ttl>90</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 90),
    ] as [(String, Int?)])
  func `is the longer of what it says, a day at most`(head: String, minutes: Int?) throws {
    #expect(try Self.feed(head).hints.interval == minutes.map { .seconds($0 * 60) })
  }

  @Test(arguments: [
    ("<skipHours><hour>22</hour><hour>3</hour><hour>3</hour></skipHours>", [3, 22], []),
    (
      "<skipHours>\n<hour> 05 </hour>\n<hour>24</hour><hour>25</hour><hour>x</hour></skipHours>",
      [5, 24], []
    ),
    ("<skipDays><day>Saturday</day><day>Sunday</day></skipDays>", [], ["Saturday", "Sunday"]),
    ("<skipHours/><skipDays></skipDays>", [], []),
    ("<x:skipHours xmlns:x='http://x.example'><hour>1</hour></x:skipHours>", [], []),
  ])
  func `is not at the hours and on the days it names`(
    head: String, hours: [Int], days: [String]
  ) throws {
    let hints = try Self.feed(head).hints
    #expect(hints.skipHours == hours && hints.skipDays == days)
    #expect(hints.skip == SkipTimes(hours: hours, days: days))
  }

  @Test func `is told when it is printed`() throws {
    let feed = try Self.feed(
      "<sy:updatePeriod>hourly</sy:updatePeriod><skipHours><hour>1</hour></skipHours>"
        + "<skipDays><day>Sunday</day></skipDays>")
    let head =
      "{\"feed\":{\"format\":\"rss2\",\"ttl_minutes\":60,\"skip_hours\":[1],\"skip_days\":[\"Sunday\"]}"
    #expect(String(decoding: feed.json, as: UTF8.self).hasPrefix(head))
    #expect(
      String(decoding: try Self.feed("").json, as: UTF8.self).hasPrefix(
        "{\"feed\":{\"format\":\"rss2\"}"))
  }
}
