import Testing

@testable import Text

@Suite("Plain text") struct PlainTextTests {
  @Test(arguments: [
    ("<p>one</p><p>two</p>", "one\n\ntwo"),
    ("one<br>two<br/>three", "one\ntwo\nthree"),
    ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
    ("<p> a \n b&nbsp;c </p>", "a b c"),
    ("<pre>a\nb</pre>", "a\nb"),
    ("<q>a</q>", "\"a\""),
    ("a<b>b</b>c <i>d</i>", "abc d"),
    ("<figure><img alt='no text'><figcaption>Foto: A</figcaption></figure>x", "Foto: A\n\nx"),
    ("a<script>x<y()</script>b<style>p{}</style>c<svg><text>t</text></svg>d", "abcd"),
    ("a<!-- <p>hidden</p> -->b", "ab"),
    ("<![CDATA[a &amp; b]]>", "a &amp; b"),
    ("&lt;p&gt; &amp;amp;", "<p> &amp;"),
    ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
    ("a<unknown>b</unknown>c", "abc"),
    ("<p>cut <b>of", "cut of"), ("", ""), ("<p></p>", ""),
    ("so\u{ad}ft \u{200b}\u{feff}a\u{202e}b\u{2066}c\u{9b}31m\u{200c}d", "soft abc31m\u{200c}d"),
    ("&#x202E;a&#x1B;b&#x9B;c", "ab›c"),
  ])
  func `is what a person reads`(html: String, text: String) {
    #expect(PlainText(html: html).text == text)
  }

  @Test(arguments: [
    ("Q&amp;A: <b>x</b>", "Q&A: x"),
    ("A <tag> and </tag>", "A <tag> and </tag>"),
    ("&lt;b&gt;", "<b>"),
    ("a</subtitle>b", "ab"),
    ("one<br>two", "one two"),
    (" two\r\n lines\u{a0}here ", "two lines here"),
    ("so\u{ad}ft \u{202e}turned\u{202c} \u{1b}[31mred", "soft turned [31mred"),
    ("नमस्\u{200d}ते", "नमस्\u{200d}ते"),
  ])
  func `of a title is one line, decoded once`(html: String, title: String) {
    #expect(PlainText.title(html: html) == title)
  }
}
