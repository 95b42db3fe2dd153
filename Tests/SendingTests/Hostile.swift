import Core
import Foundation

@testable import Sending

/// Titles that try to be more than text, one for each sink that could take them for it.
enum Hostile {
  static let titles: [String] = [
    "\u{1b}[2J\u{1b}]0;owned\u{7}", "\u{9b}31m\u{9d}0;x\u{9c}",
    "a\r\nBcc: x@evil.example\r\n\r\nbody",
    "nul\u{0}nul", "\u{202e}gpj.exe\u{2066}x\u{2069}\u{2028}y\u{2029}z\u{feff}\u{e0041}",
    #"{"v":1,"alert_id":"forged","cursor":"1"}"#, "x\nPRIORITY=0\nMESSAGE=forged",
    "</script><script>alert(1)</script>", #""><img src=x onerror=alert(1)>"#, "javascript:alert(1)",
    "data:text/html,<b>", "=cmd|'/c calc'!A1", "@everyone @here @room @channel",
    "<!channel> <!here> <@U123> <https://evil.example|click>",
    "[click](https://evil.example) ||spoiler||",
    "**bold** _it_ ~~s~~ `code` # head\n> quote\n- list", "{{secret}} {{title}} {{#why}}", "-rf",
    "$(id)",
    "`id`; rm -rf / | cat", "a\n.\nb", "..", "../../etc/passwd", "%n%s%x", "<0>urgent", "]]><x/>",
    "=?utf-8?q?=0D=0ABcc:?= x", "a\\", "\"", "'", "&amp; &#x0a;",
    String(repeating: "x", count: 1 << 20), "e" + String(repeating: "\u{301}", count: 10_000),
    "\u{fffd}\u{fffe}\u{ffff}",
  ]

  /// A line whose every field from a feed is `text`.
  static func line(_ text: String, cursor: UInt64 = 7) -> AlertLine {
    var article = Article(
      id: Article.ID("a"), feed: Feed.ID("wire"), url: text, title: text,
      seen: Date(timeIntervalSince1970: 0))
    article.language = "id"
    let alert = Alert(
      id: Alert.ID("ujs6"), rule: "quake", ruleRevision: "0", severity: .warning, state: .fired,
      at: Date(timeIntervalSince1970: 1_715_837_467), reason: "new",
      article: Alert.ArticleSummary(article),
      why: [Alert.Clause(clause: "gempa", field: "title", text: text)])
    return AlertLine(alert, cursor: cursor)
  }
}
