import Core
import Foundation
import Testing

@testable import Sending

@Suite("A template") struct TemplateTests {
  let values = MessageValues(Bundle([AlertFileTests.line(7, title: "{{id}} & x")], for: "o"))

  @Test(arguments: [
    ("plain", "plain"), ("{{title}}", "{{id}} & x"), ("{{id}}", "alert-7-7"),
    ("{{#why}}because {{why}}{{/why}}", ""), ("{{#title}}[{{rule}}]{{/title}}", "[quake]"),
    ("{{url}} {{source}} {{severity}}", "https://n.example/ wire warning"),
    ("{{at}} {{articles}} {{sources}}", "2024-05-16T05:27:00Z 1 1"), ("} { {{later}}", "} { "),
  ]) func `puts values in once`(text: String, expected: String) throws {
    #expect(try Template(text).filled(values, .plain, .scalars(1_000)) == expected)
  }

  @Test(arguments: [
    ("{{titel}}", "unknown name 'titel' in a template"), ("{{title", "{{ is not closed"),
    ("{{#why}}x", "{{#why}} is not closed"), ("x{{/why}}", "{{/why}} closes nothing"),
    ("{{#why}}{{/title}}", "{{/title}} closes nothing"),
  ]) func `that is none says why`(text: String, what: String) {
    #expect(throws: (any Error).self) { try Template(text) }
    do { _ = try Template(text) } catch { #expect(error.what == what) }
  }

  @Test func `keeps to its limit without cutting an escape or a character`() throws {
    let line = AlertFileTests.line(7, title: "a&b👨‍👩‍👧c")
    let values = MessageValues(Bundle([line], for: "o"))
    let template = try Template("<{{title}}>")
    #expect(template.filled(values, .html, .scalars(7)) == "<a>")
    #expect(template.filled(values, .html, .scalars(8)) == "<a&amp;>")
    #expect(template.filled(values, .html, .scalars(9)) == "<a&amp;b>")
    #expect(template.filled(values, .html, .scalars(13)) == "<a&amp;b>")
    #expect(template.filled(values, .html, .scalars(14)) == "<a&amp;b👨‍👩‍👧>")
    #expect(template.filled(values, .plain, .utf16(13)) == "<a&b👨‍👩‍👧>")
  }

  @Test(arguments: [
    (Dialect.plain, "a<b>&*_`[x](y)@e\"'|"),
    (.slack, "a&lt;b&gt;&amp;*_`[x](y)@\u{200b}e\"'|"),
    (.html, "a&lt;b&gt;&amp;*_`[x](y)@e&quot;&#39;|"),
    (.markdown, "a&lt;b&gt;&amp;\\*\\_\\`\\[x\\]\\(y\\)@\u{200b}e\\\"\\'\\|"),
    (.discord, "a\\<b\\>\\&\\*\\_\\`\\[x\\]\\(y\\)@\u{200b}e\\\"\\'\\|"),
  ]) func `escapes for its dialect`(dialect: Dialect, expected: String) {
    #expect(dialect.escape("a<b>&*_`[x](y)@e\"'|") == expected)
  }

  @Test(arguments: [
    ("https://n.example/a?b=c&d=%20#e", "https://n.example/a?b=c&d=%20#e"),
    (
      "HTTP://n.example/<a|b>(c)[d]\"' \n@e",
      "HTTP://n.example/%3Ca%7Cb%3E%28c%29%5Bd%5D%22%27%20%0A%40e"
    ),
    ("javascript:alert(1)", nil), ("data:text/html,x", nil), (" https://n.example", nil), ("", nil),
  ]) func `shows addresses of the web only`(text: String, expected: String?) {
    #expect(SafeAddress.web(text) == expected)
  }
}
