import Core
import Foundation
import Testing

@testable import Parsing

@Suite("The text of an article's page") struct PageTextTests {
  static let paragraphs = [
    "Presiden meresmikan jalan baru di Kabupaten Sleman pada hari Senin pagi, dan ratusan warga datang untuk "
      + "menyaksikan upacara yang berlangsung singkat di bawah hujan.",
    "Menurut gubernur, jalan sepanjang dua belas kilometer itu akan memotong waktu tempuh antara dua kota menjadi "
      + "kurang dari setengah jam, jauh lebih cepat daripada sebelumnya.",
    "Warga berharap pembangunan berlanjut sampai ke desa-desa yang selama ini hanya dapat dicapai dengan berjalan kaki "
      + "selama berjam-jam melewati sawah dan hutan.",
  ]
  static let title = "Presiden resmikan jalan baru di Sleman"
  static var body: String { paragraphs.map { "<p>\($0)</p>" }.joined(separator: "\n") }
  static var text: String { paragraphs.joined(separator: "\n\n") }
  static let menu =
    "<nav><ul>" + (1...40).map { "<li><a href=/\($0)>Rubrik ke \($0) berita</a></li>" }.joined()
    + "</ul></nav>"
  static let more =
    "<div class=more><h3>Terpopuler</h3>"
    + (1...20).map { "<p><a href=/\($0)>Kabar lain yang banyak dibaca orang nomor \($0)</a></p>" }
    .joined()
    + "</div>"

  private func article(_ title: String, _ text: String = "") -> Article {
    Article(
      id: Article.ID("a"), feed: Feed.ID("f"), title: title, text: text, authors: ["Ani Lestari"],
      seen: Date(timeIntervalSince1970: 0))
  }

  private func read(_ html: String, title: String = Self.title, text: String = "") -> String? {
    PageText(html: Array(html.utf8), contentType: nil, of: article(title, text))?.text
  }

  @Test(
    arguments: [
      "<html><body>\(menu)<article><h1>\(title)</h1>\(body)</article>\(more)<footer>Hak cipta</footer></body>",
      // No end tags, a head that never ends, an inner article of a teaser.
      "<head><title>x</title><body>\(menu)<article>\(body)<article><p>Kecil</p></article></article>\(more)",
      // No element that says so: by the density of words.
      "<body>\(menu)<div id=c><div class=a>\(body)</div></div>\(more)<p>Ikuti kami</p></body>",
      // Teasers beside the text, a text in a form, its beginning in a header.
      "<body><article>\(body)<aside><article><p>\(paragraphs[0].uppercased())</p></article></aside></article>",
      "<body><form action=/><header>\(menu)</header><div>\(body)</div></form></body>",
      "<article><header><p>\(paragraphs[0])</p></header><p>\(paragraphs[1])</p><p>\(paragraphs[2])</p></article>",
      // A line of links in the midst, a byline, a script.
      "<body><article><p>Oleh Ani Lestari</p>\(body.replacing("</p>\n", with: "</p><script>var x='<p>y</p>'</script><p>Baca juga: <a href=/x>Kabar lain sama sekali tentang hal lain</a></p>\n"))</article></body>",
    ])
  func `is its paragraphs, without what stands around them`(html: String) {
    #expect(read(html) == Self.text)
  }

  @Test func `is what the page says for machines, where it does`() {
    let data = Self.paragraphs.joined(separator: "\\n\\n")
    let page =
      "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":\"NewsArticle\","
      + "\"articleBody\":\"\(data)\"}]}</script><article><p>Berlangganan untuk membaca</p></article>"
    #expect(read(page) == Self.text)
    let teaser = page.replacing(
      data, with: Array(repeating: Self.title, count: 12).joined(separator: ". "))
    #expect(
      read(teaser + "<article>\(Self.body)\(Self.body)\(Self.body)</article>")?.hasPrefix(Self.text)
        == true)
    let broken = page.replacing("}]}", with: "}") + "<article>\(Self.body)</article>"
    #expect(read(broken) == Self.text)
  }

  @Test func `is none where another page came instead, or hardly any text stands`() {
    let article = "<article>\(Self.body)</article>"
    #expect(read(article, title: "Harga beras dunia turun tajam") == nil)
    #expect(
      read(
        "<title>Harga beras dunia turun tajam</title>" + article, title: "Harga beras dunia turun")
        != nil)
    // A wall has the title of what stands behind it, and nothing of its text.
    let wall = (1...40).map { "Berlangganan sekarang paket nomor \($0)" }.joined(separator: ", ")
    let behind = "<title>\(Self.title)</title><article><p>\(wall)</p></article>"
    #expect(read(behind, text: Self.paragraphs[0]) == nil)
    #expect(read(article, text: Self.paragraphs[0]) == Self.text)
    #expect(read("<article><p>\(Self.paragraphs[0])</p></article>") == nil)
    #expect(read("") == nil)
    #expect(read("%PDF-1.7 \(Self.body)") == nil)
    #expect(read("<body>\(Self.menu)\(Self.more)") == nil)
  }

  @Test func `is read in the encoding of its page`() {
    let latin =
      Array("<meta charset=windows-1252><article><p>".utf8)
      + Array(Self.body.replacing("Kabupaten", with: "Caf#").utf8).map {
        $0 == UInt8(ascii: "#") ? 0xE9 : $0
      }
    let page = PageText(html: latin, contentType: "text/html", of: article(Self.title))
    #expect(page?.text.contains("Café Sleman") == true)
  }

  @Test func `of hostile pages costs little`() {
    let deep = String(repeating: "<div><aside><article>", count: 20_000)
    #expect(read(deep) == nil)
    #expect(read(deep + Self.body) == nil || read(deep + Self.body) == Self.text)
    let nested =
      "<script type=application/ld+json>" + String(repeating: "[", count: 100_000) + "</script>"
    #expect(read(nested + "<article>\(Self.body)</article>") == Self.text)
  }
}
