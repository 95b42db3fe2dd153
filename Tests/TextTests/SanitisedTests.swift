import Support
import Testing

@testable import Text

@Suite("Sanitised HTML") struct SanitisedTests {
  @Test(arguments: [
    ("<p class=x id=y style='a' onclick='z()'>a</p>", "<p>a</p>"),
    ("<P TITLE='a\"b<c'>x", "<p title=\"a&quot;b&lt;c\">x</p>"),
    ("a<br>b<br/>c<hr>", "a<br>b<br>c<hr>"),
    ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c"),
    ("</p>a</div>", "a"),
    ("<custom>a</custom><font>b</font>", "ab"),
    ("a & b &amp; &lt;i&gt; &nbsp;", "a &amp; b &amp; &lt;i&gt; \u{a0}"),
    ("<![CDATA[<b>&lt;]]>", "&lt;b&gt;&amp;lt;"),
    ("<img src=/a.png alt='x' width=1 onerror=y()>", "<img src=\"/a.png\" alt=\"x\" width=\"1\">"),
    ("<p title=a title=b>x</p>", "<p title=\"a\">x</p>"),
    ("<a href='?a=1&copy=2&amp;b=3'>x</a>", "<a href=\"?a=1&amp;copy=2&amp;b=3\">x</a>"),
    ("<img srcset='/w_1,h_2/a 1x, /b'>", "<img srcset=\"/w_1,h_2/a 1x, /b\">"),
    ("<img srcset=' , /a 2x ,, /b,'>", "<img srcset=\"/a 2x, /b\">"),
    (
      "<source srcset='data:image/png;base64,AA 1x,/b 2x' type='image/png'>",
      "<source srcset=\"data:image/png;base64,AA 1x, /b 2x\" type=\"image/png\">"
    ),
    ("<ol type=a start=3><li>x</ol>", "<ol start=\"3\"><li>x</li></ol>"),
    ("<a href=x type='text/html' rel=me target=_top>y</a>", "<a href=\"x\">y</a>"),
    (
      "<video src=a type='video/mp4' poster=p autoplay>",
      "<video src=\"a\" type=\"video/mp4\" poster=\"p\"></video>"
    ),
    (
      "<ruby>漢<rt>kan</rt></ruby><time datetime='2024'>x</time>",
      "<ruby>漢<rt>kan</rt></ruby><time datetime=\"2024\">x</time>"
    ),
    (
      "<img srcset='/a?x&lang=id 1x, javascript:y 2x'>", "<img srcset=\"/a?x&amp;lang=id 1x\">"
    ),
  ])
  func `keeps what reads and is well-formed`(html: String, kept: String) {
    #expect(Sanitised(html: html).html == kept)
  }

  @Test(arguments: [
    ("<p>a<p>b", "<p>a</p><p>b</p>"), ("<p>a<div>b", "<p>a</p><div>b</div>"),
    ("<p><b>a<p>b", "<p><b>a</b></p><p>b</p>"), ("<div><p>a</div>b", "<div><p>a</p></div>b"),
    ("<p>a<ul><li>b<p>c<li>d</ul>e", "<p>a</p><ul><li>b<p>c</p></li><li>d</li></ul>e"),
    ("<ul><li>a<ol><li>b</ol><li>c", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
    ("<dl><dt>a<dd>b<dt>c", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
    (
      "<table><tr><td>a<td>b<tr><th>c</table>d",
      "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>d"
    ),
    (
      "<table><caption>k<thead><tr><th>a<tbody><tr><td><p>b<td>c",
      "<table><caption>k</caption><thead><tr><th>a</th></tr></thead>"
        + "<tbody><tr><td><p>b</p></td><td>c</td></tr></tbody></table>"
    ),
    (
      "<table><tr><td><table><tr><td>a<tr><td>b</table><td>c",
      "<table><tr><td><table><tr><td>a</td></tr><tr><td>b</td></tr></table></td><td>c</td></tr></table>"
    ),
    ("<p>a<table><tr><td>b<p>c", "<p>a</p><table><tr><td>b<p>c</p></td></tr></table>"),
    ("<ruby>漢<rt>kan<rp>)<rt>x</ruby>", "<ruby>漢<rt>kan</rt><rp>)</rp><rt>x</rt></ruby>"),
    ("<a href=x>a<a href=y>b", "<a href=\"x\">a</a><a href=\"y\">b</a>"),
    ("<li>a<blockquote><li>b", "<li>a<blockquote></blockquote></li><li>b</li>"),
  ])
  func `ends what HTML lets end by itself`(html: String, kept: String) {
    #expect(Sanitised(html: html).html == kept)
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "<SCRIPT SRC=//x/y.js></SCRIPT>", "<script>a<!-- </script>",
    "<style>p{}</style>", "<svg><script>x</script><a href=y>z</a></svg>", "<math><mi>x</mi></math>",
    "<iframe src=//x></iframe>", "<object data=x>y</object>", "<embed src=x>",
    "<form><input></form>",
    "<template><p>x</p></template>", "<noscript><p>x</p></noscript>", "<!-- <p>x</p> -->",
    "<!--><!-- --><script>x</script>", "<![if IE]>", "<?php x ?>", "<meta http-equiv=refresh>",
    "<link rel=stylesheet href=x>", "<base href=//x/>", "<script>never closed <p>x",
    "<textarea><p>x</p></textarea>", "<title><p>x</p></title>",
  ])
  func `drops what acts, with everything inside`(html: String) {
    #expect(Sanitised(html: html).html == "")
  }

  @Test(arguments: [
    "javascript:x()", "JaVaScRiPt:x()", " javascript:x()", "java\tscript:x()", "java\nscript:x()",
    "&#106;avascript:x()", "&#x6A;&#x61;vascript:x()", "javascript&#58;x()",
    "\u{1}javascript:x()", "&nbsp;javascript:x()", "\u{2003}javascript:x()",
    "&#x2028;javascript:x()",
    "vbscript:x", "data:text/html,<script>x</script>", "data:image/svg+xml,<svg/>",
    "file:///etc/passwd",
    "jar:x", "javascript://x/%0Ax()", "feed:javascript:x()",
  ])
  func `has no address that runs`(address: String) {
    let html = "<a href=\"\(address)\">x</a>"
    #expect(Sanitised(html: html).html == "<a>x</a>")
    // Resolving takes blanks off; what it makes of an address is looked at again.
    let resolved = Sanitised(html: html) { text in
      String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace }))
    }
    #expect(resolved.html == "<a>x</a>")
  }

  @Test func `leaves no reference that a browser would decode further`() {
    let html = "<a href='javascript&colon;x()'>x</a>"
    #expect(Sanitised(html: html).html == "<a href=\"javascript&amp;colon;x()\">x</a>")
  }

  @Test(arguments: [
    ("<img src='data:image/png;base64,AA'>", "<img src=\"data:image/png;base64,AA\">"),
    ("<a href='mailto:a@n.example'>m</a>", "<a href=\"mailto:a@n.example\">m</a>"),
    ("<a href='tel:+62'>t</a>", "<a href=\"tel:+62\">t</a>"),
    ("<a href='/a:b?c:d#e:f'>x</a>", "<a href=\"/a:b?c:d#e:f\">x</a>"),
    ("<a href='HTTPS://n.example/'>x</a>", "<a href=\"HTTPS://n.example/\">x</a>"),
  ])
  func `keeps the schemes that only lead somewhere`(html: String, kept: String) {
    #expect(Sanitised(html: html).html == kept)
  }

  @Test func `keeps an image in its address up to 4 KiB`() {
    let long = "data:image/png;base64," + String(repeating: "A", count: 4_096)
    #expect(Sanitised(html: "<img src='\(long)'>").html == "<img>")
  }

  @Test(arguments: 0..<60) func `read again is the same`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let html = HTMLPieces.document(&random)
    let once = Sanitised(html: html).html
    #expect(Sanitised(html: once).html == once, "\(html)")
  }

  @Test(arguments: 0..<40) func `keeps only what is listed, and closes all of it`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let html = Sanitised(html: HTMLPieces.document(&random)).html
    var scanner = MarkupScanner(Array(html.utf8), .html)
    var open: [String] = []
    while let token = scanner.next() {
      switch token {
      case .start(let name, let attributes, _):
        let tag = PlainText.name(scanner.bytes[name])
        #expect(HTMLNames.kept.contains(tag))
        for attribute in attributes {
          #expect(HTMLNames.attributes.contains(PlainText.name(scanner.bytes[attribute.name])))
        }
        if !HTMLNames.void.contains(tag) { open.append(tag) }
      case .end(let name): #expect(open.popLast() == PlainText.name(scanner.bytes[name]))
      default: break
      }
    }
    #expect(open.isEmpty, "\(html)")
  }
}
