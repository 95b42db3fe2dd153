import Support
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
    // Cells, quotes, and preformatted text with its blanks.
    (
      "<table><tr><th>Kota</th><td>12</td></tr><tr><td>a</td> <td>b</td></tr></table>",
      "Kota 12\na b"
    ),
    ("He said <q>yes</q>, <q lang=fr>non </q>.", "He said \"yes\", \"non \"."),
    ("<pre>if a:\n    b\n\tc</pre>d", "if a:\n    b\n c\n\nd"),
    ("<pre>a\u{a0}b\r\nc</pre>", "a b\nc"), ("a\u{a0}\u{2003}\r\n b", "a b"),
    ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb"), ("<p>a</p>\n\n<br><br><p>b", "a\n\nb"),
    // In one piece, whatever pieces it came in.
    ("Cafe\u{301} e&#x301;", "Café é"), ("\u{212b}\u{2126}", "Å\u{3a9}"),
    ("\u{1112}\u{1161}\u{11ab}", "한"),
    ("ا\u{654}", "\u{623}"), ("\u{958}", "\u{915}\u{93c}"),
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

  @Test(arguments: [
    (
      "<p>Isi.</p><p>Baca juga: <a href=x>Putin Tiba di Beijing</a></p><p>Akhir.</p>",
      "Isi.\n\nAkhir."
    ),
    ("<p>Isi.</p><p><strong>BACA JUGA:</strong> <a href=x>Xi</a></p>", "Isi."),
    ("<p>Isi.<br>Simak juga <a href=x>Xi</a><br>Akhir.</p>", "Isi.\nAkhir."),
    ("<p><a href=x>Lihat Juga: Foto Xi</a></p>Isi.", "Isi."), ("<p>Lire aussi :</p>Texte", "Texte"),
    ("<p>À lire aussi : <a href=x>Xi</a></p>Texte", "Texte"),
    ("<p>Lesen Sie auch: <a href=x>Xi</a></p>Text", "Text"),
    ("<p>Читайте также: <a href=x>Си</a></p>Текст", "Текст"),
    ("<p>اقرأ أيضاً: <a href=x>شي</a></p>نص", "نص"), ("<p>相关阅读：<a href=x>习近平</a></p>正文", "正文"),
    ("<p>Read also: <a href=x>Xi</a></p>Text", "Text"),
    // Text that only begins so stays.
    ("<p>Baca juga buku <a href=x>ini</a> sebelum tidur.</p>", "Baca juga buku ini sebelum tidur."),
    ("<p>See also the <a href=x>report</a>.</p>", "See also the report."),
    ("<p>Text</p><p>The post <a href=x>Xi</a> appeared first on <a href=y>Wire</a>.</p>", "Text"),
    ("<p>Text</p><p>Der Beitrag <a>Xi</a> erschien zuerst auf <a>Wire</a>.</p>", "Text"),
    (
      "<p>The post office appeared on the first day.</p>",
      "The post office appeared on the first day."
    ),
    ("<p>Text</p><p>Share this: Facebook X WhatsApp</p>", "Text"),
    ("<p>Text</p><ul><li><a>Tweet</a></li><li><a>Share on Facebook</a></li></ul>", "Text"),
    ("<p>Bagikan artikel ini ke WhatsApp</p>Isi", "Isi"),
    ("<p>Share prices fell on Facebook news.</p>", "Share prices fell on Facebook news."),
    ("<p>Oleh Tiara Hasna R</p><p>Isi.</p>", "Isi."), ("<p>Tiara Hasna R</p><p>Isi.</p>", "Isi."),
    ("<p>Penulis: Tiara Hasna R</p><p>Isi.</p>", "Isi."),
    ("<p>Tiara Hasna R menulis.</p><p>Oleh Rina</p>", "Tiara Hasna R menulis.\n\nOleh Rina"),
    ("<p>a</p><p>Baca juga: <a href=x>b</a></p>c", "a\n\nc"),
  ])
  func `of an article leaves out what plants false names`(html: String, text: String) {
    #expect(PlainText(html: html, by: ["Tiara Hasna R"]).text == text)
  }

  @Test func `of an article without boilerplate is the plain text`() {
    let html = "<p>one</p>two<br>three<ul><li>a</li></ul><pre>x\n  y</pre><q>z</q>"
    #expect(PlainText(html: html, by: []).text == PlainText(html: html).text)
  }

  @Test(arguments: 0..<40) func `never holds a tag, a control or an entity`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let html = HTMLPieces.document(&random)
    for text in [PlainText(html: html).text, PlainText(html: html, by: ["Rina"]).text] {
      #expect(!text.contains("<") && !text.contains("&"), "\(html)\n\(text)")
      let controls = text.unicodeScalars.filter {
        $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F
      }
      #expect(controls.isEmpty && !text.contains("\n\n\n"), "\(html)\n\(text)")
      #expect(
        text.first?.isWhitespace != true && text.last?.isWhitespace != true, "\(html)\n\(text)")
    }
  }
}

/// Documents made of pieces of markup, well and badly formed; no text in them is itself markup.
enum HTMLPieces {
  private static let pieces = [
    "<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "<q>", "</q>", "<pre>", "</pre>",
    "<li>",
    "<ul>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<a href=x>", "</a>",
    "<a href='javascript:x'>",
    "<img src=a srcset='b 1x, c,d 2x' alt='<i>'>", "<script>x()</script>", "<style>p</style>",
    "<svg>",
    "</svg>", "<unknown>", "</unknown>", "<!-- c -->", "<?php x ?>", "<figcaption>",
    "</figcaption>",
    "<h1 title='a\"b'>", "</h1>", "<p class=x", ">", "&nbsp;", "&eacute;", "&#8230;", "&#x9b;",
    "&shy;",
    "&rsquo;", "kata", "Putin ", " \n ", "\u{200b}", "\u{1b}", "\u{202e}", "e\u{301}", "\r\n", "\t",
    "。",
    "Baca juga: ", "<video type=v poster=p><source src=s type=t>", "</video>", "<td colspan=2", "'",
    "=",
  ]

  static func document(_ random: inout SeededGenerator) -> String {
    (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }
}
