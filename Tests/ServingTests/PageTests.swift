import Core
import Foundation
import Testing

@testable import Serving

@Suite("The page") struct PageTests {
  static func page(title: String) -> Page { Page(SampleSource(title: title)) }

  /// An address of each route that shows something.
  static let views = [
    "/", "/alerts?rule=quake", "/alerts/x1", "/stories", "/stories/s1", "/entities",
    "/entities/Q1%2Fx", "/topics", "/topics/Q1%2Fx", "/articles", "/articles/a1", "/feeds",
    "/rules",
    "/rules/try?match=gempa&since=24h", "/search?q=gempa",
  ]

  static func ask(
    _ target: String, _ headers: [String: String] = [:], method: String = "GET",
    of page: Page = page(title: "Gempa di Palu")
  ) async -> Answer {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    return await page.respond(
      to: Question(
        method: method, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: headers))
  }

  static func text(_ answer: Answer) -> String { String(decoding: answer.body, as: UTF8.self) }

  @Test(arguments: views) func `shows each view to people and programs`(target: String) async throws
  {
    let html = await Self.ask(target)
    #expect(html.status == 200, "\(Self.text(html))")
    let text = Self.text(html)
    #expect(text.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    #expect(text.split(separator: "<h1>").count == 2)
    #expect(text.contains("palu") || text.contains("Palu"), "\(text)")
    let json = await Self.ask(target, ["accept": "application/json"])
    _ = try JSONValue(parsing: json.body)
    let same = await Self.ask(target + (target.contains("?") ? "&" : "?") + "format=json")
    #expect(same.body == json.body)
  }

  @Test(arguments: views) func `gives nothing that needs another host`(target: String) async {
    let answer = await Self.ask(target)
    let policy = answer.headers.first { $0.name == "Content-Security-Policy" }?.value
    #expect(
      policy == """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'
        """)
    let text = Self.text(answer)
    #expect(!text.contains(" style=") && !text.contains("<style") && !text.contains(" onclick"))
    for attribute in ["src=\"", "action=\""] {
      for place in text.ranges(of: attribute) {
        #expect(text[place.upperBound...].hasPrefix("/"), "\(text[place.upperBound...].prefix(40))")
      }
    }
  }

  @Test(arguments: [
    "/nowhere", "/alerts/y", "/entities/Q2", "/stories/", "/alerts/{id}", "/rules/x",
  ])
  func `has nothing where nothing is`(path: String) async {
    #expect(await Self.ask(path).status == 404)
  }

  @Test(
    arguments: [
      ("/alerts?severity=loud", "severity: 'loud' is none; write one of info, notice"),
      ("/alerts?before=x", "before: 'x' is no cursor"),
      ("/?since=soon", "since: 'soon' is no moment"),
      ("/stories?n=0", "n: '0' is no number of rows; write 1 to 200"),
      ("/?format=xml", "format: 'xml' is none; write html, json or atom"),
      ("/rules?format=atom", "format: this is no list of news"),
      ("/feeds?skip=-1", "skip: takes 0"),
      ("/rules/try?match=gempa%20AND+OR", "match: no Gempa"),
      ("/events?from=x", "from: 'x' is no cursor"),
      ("/search?q=\(String(repeating: "x", count: 2_001))", "q: is over 2000 bytes"),
    ]) func `says what to write where a question makes no sense`(target: String, says: String) async
  {
    let answer = await Self.ask(target)
    #expect(answer.status == 400)
    #expect(Self.text(answer).hasPrefix(says), "\(Self.text(answer))")
  }

  @Test func `is only read`() async {
    let answer = await Self.ask("/", method: "POST")
    #expect(answer.status == 405)
    #expect(answer.headers.contains { $0 == ("Allow", "GET, HEAD") })
  }

  @Test func `says so when the views cannot be read, and shows nothing of why`() async {
    struct Broken: Error {}
    for path in ["/", "/alerts.json", "/events"] {
      let answer = await Self.ask(path, of: Page(SampleSource(fault: Broken())))
      #expect(answer.status == 503)
      #expect(Self.text(answer) == "the views cannot be read\n")
    }
    let late = await Self.ask("/", of: Page(SampleSource(fault: PageError.tooLong)))
    #expect(late.status == 503 && Self.text(late).hasPrefix("it took too long"))
  }

  @Test func `is asked anew only when something changed`() async throws {
    let first = await Self.ask("/")
    let tag = try #require(first.headers.first { $0.name == "ETag" }?.value)
    let same = await Self.ask("/", ["if-none-match": tag])
    #expect(same.status == 304 && same.body.isEmpty)
    #expect(await Self.ask("/?format=json", ["if-none-match": tag]).status == 200)
    var later = SampleSource()
    later.now += 60
    #expect(await Self.ask("/", ["if-none-match": tag], of: Page(later)).status == 200)
    let style = await Self.ask("/page.css")
    let known = try #require(style.headers.first { $0.name == "ETag" }?.value)
    #expect(await Self.ask("/page.css", ["if-none-match": known]).status == 304)
  }

  @Test func `is JSON with the fields of the lines`() async throws {
    for answer in [
      await Self.ask("/alerts.json"), await Self.ask("/", ["accept": "application/json"]),
    ] {
      let json = try JSONValue(parsing: answer.body)
      #expect(json["alerts"]?.array?.first?["cursor"]?.string == "7")
      #expect(json["feeds_in_trouble"]?.array?.first?["feed"]?.string == "wire")
    }
  }

  @Test(
    arguments: [
      ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
      ("application/json", "application/json"), ("*/*", "text/html"), ("", "text/html"),
      ("application/atom+xml", "application/atom+xml"),
    ]) func `comes in the form that is accepted`(accepted: String, type: String) async
  {
    let answer = await Self.ask("/stories", ["accept": accepted])
    #expect(
      answer.headers.contains { $0 == ("Content-Type", type + "; charset=utf-8") },
      "\(answer.headers)")
  }
}
