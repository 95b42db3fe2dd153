import Curl
import Fetching
import FoundationEssentials
import Testing

@Suite("Hints of an answer") struct HintsTests {
  /// 2023-11-14 22:13:20 GMT, a Tuesday.
  private let now = Date(timeIntervalSince1970: 1_700_000_000)

  @Test(
    arguments: [
      ([("Cache-Control", "max-age=3600")], 3600),
      ([("Cache-Control", "public, Max-Age=3600"), ("Age", "600")], 3000),
      ([("Cache-Control", "max-age=31536000")], 86_400),
      ([("Cache-Control", "max-age=99999999999999999999")], 86_400),
      ([("Cache-Control", "max-age=" + String(repeating: "9", count: 40))], 86_400),
      ([("Cache-Control", "max-age=" + String(repeating: "9", count: 400))], 86_400),
      ([("Cache-Control", "max-age=60"), ("Age", String(repeating: "9", count: 400))], nil),
      ([("Cache-Control", "max-age=60"), ("Age", "60")], nil),
      ([("Cache-Control", "max-age=60"), ("Age", "soon")], 60),
      ([("Cache-Control", "max-age=60"), ("Expires", "Tue, 14 Nov 2023 23:13:20 GMT")], 60),
      ([("Cache-Control", "private"), ("Expires", "Tue, 14 Nov 2023 23:13:20 GMT")], 3600),
      ([("Expires", "Fri, 31 Dec 9999 23:59:59 GMT")], 86_400),
      ([("Cache-Control", "s-maxage=60")], nil),
      ([("Cache-Control", "max-age=-1")], nil),
      ([("Cache-Control", "max-age=\"60\"")], nil),
      ([("Cache-Control", "max-age=0")], nil),
      ([("Cache-Control", "no-cache, max-age=60")], nil),
      ([("Cache-Control", "max-age=60"), ("Cache-Control", "no-store")], nil),
      ([("Expires", "0")], nil),
      ([("Expires", "Tue, 14 Nov 2023 23:13:20 GMT")], 3600),
      (
        [
          ("Expires", "Tue, 14 Nov 2023 23:13:20 GMT"), ("Date", "Tue, 14 Nov 2023 23:03:20 GMT"),
        ], 600
      ),
      ([("Expires", "Tue, 14 Nov 2023 21:13:20 GMT")], nil),
      ([], nil),
    ] as [([(String, String)], Int?)])
  func `say how long it is fresh`(fields: [(String, String)], seconds: Int?) {
    var headers = HTTPHeaders()
    for (name, value) in fields { headers.append(name, value) }
    #expect(Hints(headers, now: now).freshness == seconds.map { .seconds($0) })
  }

  @Test(
    arguments: [
      ("120", 120), (" 3600 ", 3600), ("1", 60), ("0", 60), ("9999999", 604_800),
      ("99999999999999999999999", 604_800), ("-5", nil), ("1.5", nil), ("1e9", nil), ("soon", nil),
      ("", nil),
      ("Tue, 14 Nov 2023 22:23:20 GMT", 600),
      ("Tuesday, 14-Nov-23 22:23:20 GMT", 600),
      ("Tue Nov 14 22:23:20 2023", 600),
      ("Tue, 14 Nov 2022 22:23:20 GMT", 60),
      ("Tue, 99 Nov 2023 22:23:20 GMT", nil),
      ("59", 60), ("60", 60), ("61", 61), ("604800", 604_800), ("604801", 604_800),
      ("+60", nil), ("60s", nil), ("\u{b2}", nil),
      ("Fri, 31 Dec 9999 23:59:59 GMT", 604_800),
      ("Tue, 14 Nov 2023 22:23:20 WIB", nil), ("Tue, 14 Nov 2023 24:00:00 GMT", nil),
    ] as [(String, Int?)])
  func `P18: say how long to stay away`(value: String, seconds: Int?) {
    #expect(RetryAfter.wait(value, now: now) == seconds.map { .seconds($0) })
  }
}
