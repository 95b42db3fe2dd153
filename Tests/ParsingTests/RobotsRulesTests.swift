import Testing

@testable import Parsing

@Suite("What a site allows") struct RobotsRulesTests {
  private func allows(_ path: String, _ document: String) -> Bool {
    RobotsRules(Array(document.utf8), for: "tidings").allows(path)
  }

  @Test(
    arguments: [
      ("", true), ("User-agent: *\nDisallow: /", false), ("User-agent: *\nDisallow:", true),
      ("User-agent: *\nDisallow: /news", false), ("User-agent: *\nDisallow: /News", true),
      ("User-agent: *\nDisallow: /news\nAllow: /news/2026", true),
      ("User-agent: *\nAllow: /news/\nDisallow: /news/2026/1.html", false),
      // Of two as long, the one that allows.
      ("User-agent: *\nDisallow: /news/2026\nAllow: /news/2026", true),
      ("User-agent: *\nDisallow: /*.html$", false), ("User-agent: *\nDisallow: /*.htm$", true),
      ("User-agent: *\nDisallow: *2026*html", false), ("User-agent: *\nDisallow: /a*b*c*d", true),
      ("User-agent: *\nDisallow: /$", true),
      // Others' rules are not ours; our own go before those for all; groups of one name are one.
      ("User-agent: other\nDisallow: /", true),
      ("User-agent: *\nDisallow: /\n\nUser-agent: Tidings/1.0\nAllow: /", true),
      (
        "User-agent: tidings\nDisallow: /x\nUser-agent: *\nAllow: /\nUser-agent: TIDINGS\nDisallow: /news",
        false
      ),
      ("User-agent: other\nUser-agent: *\nDisallow: /", false),
      ("User-agent: tidings\nUser-agent: other\nCrawl-delay: 5\nDisallow: /", false),
      ("user-agent : *  # all\r\nDISALLOW : /news # but not this\r\n", false),
      ("\u{FEFF}User-agent: *\nDisallow: /", false),
      ("Disallow: /", true), ("<!DOCTYPE html><p>not found: really", true),
    ] as [(String, Bool)])
  func `is what its robots.txt says`(document: String, isAllowed: Bool) {
    #expect(allows("/news/2026/1.html", document) == isAllowed)
  }

  @Test func `is compared with what addresses mean, however they are written`() {
    #expect(!allows("/kabar/%7Eani", "User-agent: *\nDisallow: /kabar/~ani"))
    #expect(!allows("/%E6%96%B0%e9%97%bb", "User-agent: *\nDisallow: /新闻"))
    #expect(!allows("/?id=7&x=1", "User-agent: *\nDisallow: /*?*x="))
    #expect(allows("/a%2Fb", "User-agent: *\nDisallow: /a/b"))
    #expect(allows("/robots.txt", "User-agent: *\nDisallow: /"))
  }

  @Test func `costs no more for hostile patterns`() {
    let stars = String(repeating: "*a", count: 2_000)
    let path = "/" + String(repeating: "a", count: 4_000) + "b"
    #expect(allows(path, "User-agent: *\nDisallow: \(stars)c$"))
    // One star in each of many rules: what costs too much to compare allows nothing.
    let rule = "Disallow: /*" + String(repeating: "a", count: 2_000) + "c\n"
    let long = "/" + String(repeating: "a", count: 6_000)
    #expect(!allows(long, "User-agent: *\n" + String(repeating: rule, count: 200)))
    #expect(!RobotsRules.closed.allows("/x") && RobotsRules.open.allows("/x"))
  }
}
