import Testing

@testable import Text

@Suite("A markup scanner") struct MarkupScannerTests {
  /// The tokens of `text`, a line each: `<name a=1>`, `<name>/`, `</name>`, `"text"`, `[cdata]`.
  static func tokens(_ text: String, _ dialect: MarkupScanner.Dialect) -> [String] {
    var scanner = MarkupScanner(Array(text.utf8), dialect)
    func string(_ range: Range<Int>) -> String {
      String(decoding: scanner.bytes[range], as: UTF8.self)
    }
    var lines: [String] = []
    while let token = scanner.next() {
      switch token {
      case .start(let name, let attributes, let isEmpty):
        let list = attributes.map { " \(string($0.name))=\(string($0.value))" }.joined()
        lines.append("<\(string(name))\(list)>" + (isEmpty ? "/" : ""))
      case .end(let name): lines.append("</\(string(name))>")
      case .text(let range): lines.append("\"\(string(range))\"")
      case .cdata(let range): lines.append("[\(string(range))]")
      }
    }
    return lines
  }

  @Test(arguments: [
    ("<a b=\"1\" c='2' d=3 e>x</a>", ["<a b=1 c=2 d=3 e=>", "\"x\"", "</a>"]),
    ("<a/><b />", ["<a>/", "<b>/"]),
    ("<a href=http://x/>", ["<a href=http://x/>"]),
    ("5 < 6 <7 <> </ x", ["\"5 < 6 <7 <> </ x\""]),
    ("a ]]> b", ["\"a ]]> b\""]),
    ("<![CDATA[<b>]]]>x", ["[<b>]]", "\"x\""]),
    ("<![CDATA[]]>", ["[]"]),
    ("<![CDATA[cut", ["[cut]"]),
    ("<![CDATA[cut]]", ["[cut]]]"]),
    ("<!-- <b> -- --><i>", ["<i>"]),
    ("<!--><i>", ["<i>"]),
    ("<?xml version='1.0'?><a>", ["<a>"]),
    ("<?php if ($a > 1) ?><a>", ["<a>"]),
    ("<!DOCTYPE r [<!ENTITY a \"x>\"> ]><a>", ["<a>"]),
    ("<a b=c", ["<a b=c>"]),
    ("<a <b>", ["<a>", "<b>"]),
    ("<a b=\"x > y\">", ["<a b=x > y>"]),
    ("<a b=\"<i>x</i>\">", ["<a b=<i>x</i>>"]),
    ("<a =x>", ["<a == x=>"]),
    ("</a b><c>", ["</a>", "<c>"]),
    ("<x:y z:w='1'>", ["<x:y z:w=1>"]),
    ("", []), ("<", ["\"<\""]), ("</", ["\"</\""]), ("<!", []), ("<?", []),
    ("&amp;", ["\"&amp;\""]),
  ])
  func `of XML gives the tokens that are there`(text: String, tokens: [String]) {
    #expect(Self.tokens(text, .xml) == tokens)
  }

  @Test(arguments: [
    // A script is text up to its end tag, whatever stands in it.
    ("<script>if (a<b) x()</script><p>", ["<script>", "\"if (a<b) x()\"", "</script>", "<p>"]),
    ("<STYLE>a{}</Style >x", ["<STYLE>", "\"a{}\"", "</Style>", "\"x\""]),
    ("<title><b></title>", ["<title>", "\"<b>\"", "</title>"]),
    ("<textarea></textarea>", ["<textarea>", "\"\"", "</textarea>"]),
    ("<script>cut", ["<script>", "\"cut\""]),
    // A browser ends these at the first `>`, and a comment without end hides the rest.
    ("<![if !IE]>x<![endif]>", ["\"x\""]),
    ("<!x [y>z", ["\"z\""]),
    ("<?php echo 1 > 2 ?>", ["\" 2 ?>\""]),
    ("a<!-- b <i>c</i>", ["\"a\""]),
  ])
  func `of HTML hides what browsers hide`(text: String, tokens: [String]) {
    #expect(Self.tokens(text, .html) == tokens)
  }

  @Test(arguments: [
    ("<a b=\"x></a><c d=\"y\"/>", ["<a b=x>", "</a>", "<c d=y>/"]),
    ("<a b='x/>\n<c>", ["<a b=x/>", "\"\n\"", "<c>"]),
    ("<a b=\"x>y", ["<a b=x>", "\"y\""]),
    ("<!-- lost -><a>x</a>", ["<a>", "\"x\"", "</a>"]),
    ("<?xml version='1.0'><a b='?>'>", ["<a b=?>>"]),
    ("<?x lost><a>", ["<a>"]),
    ("<!DOCTYPE r [ ><a>", ["<a>"]),
  ])
  func `of XML loses only the markup that lacks its end`(text: String, tokens: [String]) {
    #expect(Self.tokens(text, .xml) == tokens)
    var scanner = MarkupScanner(Array(text.utf8), .xml)
    while scanner.next() != nil {}
    #expect((scanner.firstRepair != nil) == !text.hasPrefix("<?xml"))
  }

  @Test func `keeps 256 attributes of an element`() {
    let text = "<a" + String(repeating: " b=c", count: 1_000) + ">"
    var scanner = MarkupScanner(Array(text.utf8), .xml)
    guard case .start(_, let attributes, _) = scanner.next() else {
      Issue.record("no start tag")
      return
    }
    #expect(attributes.count == 256)
    let rest = scanner.next()
    #expect(rest == nil)
  }
}
