import Core
import Foundation
import Testing

@testable import Rules

@Suite("An evaluation") struct EvaluationTests {
  func match(_ query: String, _ article: Article) throws -> Match? {
    var writer = JSONWriter()
    writer.string(query)
    let rules = try ruleSet("{\"rules\":[{\"id\":\"r\",\"match\":\(writer.text)}]}")
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    return rules.matches(article).first
  }

  func article(_ title: String, summary: String = "", text: String = "") -> Article {
    var article = Article(
      id: Article.ID("a"), feed: Feed.ID("wire"), url: "https://www.Kompas.example/bola/1?x=y#z",
      title: title, text: text, seen: Date(timeIntervalSince1970: 0))
    article.summary = summary
    article.categories = ["Politik", "Luar Negeri"]
    article.authors = ["Tiara Hasna R"]
    return article
  }

  @Test(arguments: [
    // NOT looks at the whole article, in a scope at its field.
    ("a AND NOT b", "a", "b", false), ("a AND title:(a AND NOT b)", "a", "b", true),
    ("title:(a AND b)", "a", "b", false), ("a AND b", "a", "b", true),
    ("(a OR b) AND NOT (c AND d)", "a c", "x", true),
    ("(a OR b) AND NOT (c AND d)", "a c", "d", false),
    // Spans of NEAR do not overlap and lie in one field.
    ("gempa NEAR/5 \"gempa bumi\"", "gempa bumi", "", false),
    ("gempa NEAR/5 \"gempa bumi\"", "gempa, lalu gempa bumi", "", true),
    ("a NEAR/99 b", "a", "b", false), ("a NEAR/1 b", "a b", "", true),
    ("a NEAR/2 b", "b x y a", "", true),
    ("a ONEAR/2 b", "b x y a", "", false), ("a ONEAR/2 b", "b a x b", "", true),
    ("(a NEAR/1 b) NEAR/1 c", "a b x y c a b c", "", true),
    ("(a NEAR/1 b) NEAR/1 c", "a b x y c", "", false),
    ("(a OR b) NEAR/1 c", "a x x x b c", "", true),
    ("普京 NEAR/2 北京", "普京抵达北京", "", true), ("普京 NEAR/1 北京", "普京抵达北京", "", false),
    // Sentences and paragraphs.
    ("a SAME/sentence b", "Dr a, 3.5 b.", "", true), ("a SAME/sentence b", "A. B", "", false),
    ("x SAME/sentence \"a b\"", "x a. b", "", false),
    ("a SAME/paragraph b", "", "a. b", true), ("a SAME/paragraph b", "", "a\n\nb", false),
    ("\"a b\"", "a, b", "", true), ("\"a b\"", "a", "b", false), ("\"a * c\"", "a b c", "", true),
    ("\"a * c\"", "a c", "", false),
    ("ATLEAST/2(\"a a\")", "a a a", "", false), ("ATLEAST/2(\"a a\")", "a a a a", "", true),
    // The very characters, also those beside the words.
    ("=WHO", "Who? WHO!", "", true), ("=WHO", "who Who", "", false),
    ("=C++", "Bahasa C++ naik", "", true), ("=C++", "Vitamin C naik", "", false),
    ("=C++", "C+", "", false),
    ("=\"A.S.\"", "Di A.S. lagi", "", true), ("=#gaza", "#gaza", "", true),
    ("=#gaza", "gaza", "", false),
    ("=sınır", "sınır", "", true), ("=sınır", "sinir", "", false),
    // Prefixes and forms.
    ("kunjung*", "kunjungan", "", true), ("kunjung*", "mengunjungi", "", false),
    ("kunjung~id", "MENGUNJUNGI", "", true), ("pukul~id", "dipukulkannya", "", true),
    ("\"temu~id empat mata\"", "bertemu empat mata", "", true), ("визит*", "Визита", "", true),
    // Filters.
    ("a AND url:\"kompas.example/bola/*\"", "a", "", true),
    ("a AND url:\"https://www.kompas.example/*\"", "a", "", true),
    ("a AND url:\"*.kompas.example/*\"", "a", "", false),
    ("a AND tag:politik", "a", "", true), ("a AND tag:(x OR \"luar neg*\")", "a", "", true),
    ("a AND author:\"tiara hasna\"", "a", "", true),
    ("a AND author:\"hasna tiara\"", "a", "", false),
    ("a AND author:ara", "a", "", false), ("a AND publisher:*", "a", "", false),
  ])
  func `holds as the language says`(
    query: String, title: String, text: String, holds: Bool
  ) throws {
    #expect((try match(query, article(title, text: text)) != nil) == holds)
  }

  @Test func `looks at a summary only where it says something else`() throws {
    let doubled = article("x", summary: "Gempa bumi", text: "Kata BMKG, gempa-bumi lagi")
    #expect(try match("ATLEAST/2(gempa)", doubled) == nil)
    #expect(try match("summary:gempa", article("x", summary: "Gempa", text: "Banjir")) != nil)
  }

  /// Each of the two would take minutes if it cost the square of the text.
  @Test func `costs no square for a text of one word repeated`() throws {
    let many = String(repeating: "a ", count: 20_000)
    let hostile = article("x", summary: many + "b", text: many + many)
    #expect(try match("x AND summary:b", hostile) != nil)
    #expect(try match("a NEAR/1 c", hostile) == nil)
    #expect(try match("a NEAR/1 b", hostile) != nil)
  }

  @Test func `finds a third word near a pair behind many others`() throws {
    let many = String(repeating: "a b x x x x x x ", count: 50)
    #expect(try match("(a NEAR/1 b) NEAR/1 c", article(many + "a b c")) != nil)
    #expect(try match("ATLEAST/50(a NEAR/1 b)", article(many)) != nil)
  }

  @Test(arguments: [
    ("Путин", "😀 «Путин»", 3, 8, "Путин"), ("プーチン", "昨日ﾌﾟｰﾁﾝ氏", 2, 7, "ﾌﾟｰﾁﾝ"),
    ("putin", "x Pu\u{ad}tin\u{200f}.", 2, 8, "Pu\u{ad}tin"),
    ("\"a b\"", "e\u{301} a – b!", 3, 8, "a – b"),
    ("น้ำท่วม", "เกิดน้ำท่วมใหญ่", 4, 11, "น้ำท่วม"), ("محمد", "قال مُحَمَّد\u{200f} أمس", 4, 12, "مُحَمَّد"),
    ("北京", "抵达北京。", 2, 4, "北京"), ("strasse", "Die Straße", 4, 10, "Straße"),
  ])
  func `tells places in Unicode scalars, end exclusive`(
    query: String, title: String, start: Int, end: Int, text: String
  ) throws {
    let clause = try #require(try match(query, article(title))?.why.first)
    #expect(clause.field == "title" && clause.start == start && clause.end == end)
    #expect(clause.text?.unicodeScalars.map(\.value) == text.unicodeScalars.map(\.value))
  }

  /// Against a search that holds every span against every other.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `finds what is near as a search of all pairs does`(seed: UInt64) {
    var state = seed &* 69_069 &+ 3
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    func spans(_ clause: String) -> [Span] {
      (0..<next(8)).map { _ in
        let start = next(40)
        return Span(field: next(2), words: start..<start + 1 + next(3), clause: clause, via: "")
      }
    }
    let (left, right) = (spans("a"), spans("b"))
    let inOrder = next(2) == 0
    func isNear(_ a: Span, _ b: Span) -> Bool {
      guard a.field == b.field, !a.words.overlaps(b.words) else { return false }
      if b.words.lowerBound < a.words.lowerBound, inOrder { return false }
      return max(a.words.lowerBound, b.words.lowerBound)
        - min(a.words.upperBound, b.words.upperBound) <= 3
    }
    let all =
      left.filter { a in right.contains { isNear(a, $0) } }
      + right.filter { b in left.contains { isNear($0, b) } }
    #expect(Set(NearSearch(left, right, isNear: isNear).spans) == Set(all), "seed \(seed)")
  }
}
