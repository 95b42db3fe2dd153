import Core
import Foundation
import Support
import Testing

@Suite(
  "The page in a browser", .timeLimit(.minutes(15)),
  .enabled(if: Browser.isThere, "no \(Browser.path); apt-get install chromium"))
struct PageBrowserTests {
  /// Runs `body` with a daemon that has everything and a browser.
  private func looking(_ body: (PageDesk, Browser) async throws -> Void) async throws {
    let desk = try await PageDesk()
    defer { desk.end() }
    let browser = try await Browser()
    do {
      try await body(desk, browser)
      await browser.end()
    } catch {
      await browser.end()
      throw error
    }
  }

  /// Every view by a name for its pictures.
  private func views(_ desk: PageDesk) async throws -> [(name: String, target: String)] {
    let alert = try await desk.first("alerts", "alert_id", of: "/alerts?rule=quake&format=json")
    let story = try await desk.first("stories", "id", of: "/stories?since=all&format=json")
    let article = try await desk.first("articles", "id", of: "/articles?feed=wire&format=json")
    return [
      ("now", "/"), ("alerts", "/alerts?severity=critical"), ("alert", "/alerts/\(alert)"),
      ("stories", "/stories"), ("story", "/stories/\(story)"), ("entities", "/entities"),
      ("entity", "/entities/Q3803"), ("topics", "/topics"), ("topic", "/topics/disaster"),
      ("articles", "/articles"), ("article", "/articles/\(article)"), ("feeds", "/feeds"),
      ("rules", "/rules"), ("trial", "/rules/try?match=gempa&since=24h"),
      ("search", "/search?q=gempa"),
    ]
  }

  @Test
  func `has data in every view, asks no other host, complains of nothing, and can be used by all`()
    async throws
  {
    try await looking { desk, browser in
      for (name, target) in try await views(desk) {
        for (look, width, isDark) in [
          ("light", 1_100, false), ("dark", 1_100, true), ("phone", 390, false),
        ] {
          try await browser.resize(width: width, isDark: isDark)
          try await browser.show("http://127.0.0.1:\(desk.port)\(target)")
          let rows = try await browser.value(
            "document.querySelectorAll('main li, main tbody tr, main .text p').length")
          #expect((rows.number ?? 0) > 0, "\(target)")
          let faults = try await browser.value(PageFaults.script)
          #expect(faults.array?.compactMap(\.string) == [], "\(target), \(look)")
          #expect(try await browser.value("window.owned === undefined").bool == true, "\(target)")
          #expect(await browser.complaints == [], "\(target)")
          let elsewhere = await browser.requests.filter {
            !$0.hasPrefix("http://127.0.0.1:\(desk.port)/")
          }
          #expect(elsewhere == [], "\(target)")
          try await browser.picture("\(name)-\(look)")
        }
      }
    }
  }

  @Test func `shows an alert that comes, without being asked for anew`() async throws {
    try await looking { desk, browser in
      try await browser.resize(width: 1_100, isDark: false)
      try await browser.show("http://127.0.0.1:\(desk.port)/")
      try await browser.wait(until: "!document.getElementById('live').hidden")
      try await browser.value("window.same = true")
      let title = "sandi yang datang kemudian"
      #expect(try await browser.value("document.body.textContent").string?.contains(title) == false)
      desk.bring(title)
      try await browser.wait(
        until: "document.querySelector('#alerts').textContent.includes('\(title)')")
      #expect(try await browser.value("window.same").bool == true)
      let fresh = try await browser.value("document.querySelector('.fresh h3').textContent")
      #expect(fresh.string == title)
      #expect(await browser.complaints == [])
    }
  }

  @Test func `shows hostile titles as they are`() async throws {
    try await looking { desk, browser in
      try await browser.show("http://127.0.0.1:\(desk.port)/alerts?rule=words")
      let shown = try await browser.value(
        "[...document.querySelectorAll('#alerts h3')].map(each => each.textContent)")
      let titles = Set((shown.array ?? []).compactMap(\.string))
      for title in PageDesk.hostile {
        #expect(titles.contains(title.filter { $0 != "\u{202e}" }), "\(title): \(titles)")
      }
      #expect(try await browser.value("window.owned === undefined").bool == true)
      #expect(
        try await browser.value("document.querySelectorAll('main script, main img, base').length")
          .number == 0)
    }
  }
}
