import Testing

@testable import Text

@Suite("The terms of an article") struct StoryTermsTests {
  private static func terms(_ title: String, _ text: String) -> [UInt64: StoryTerms.Term] {
    let terms = StoryTerms(title: Words(title), text: Words(text)).terms
    return Dictionary(uniqueKeysWithValues: terms.map { ($0.hash, $0) })
  }

  @Test func `count more in title and beginning`() throws {
    let far = String(repeating: "lain ", count: 200)
    let terms = Self.terms("Gempa", "gempa \(far) gempa banjir")
    let quake = try #require(terms[WordHash.hash("gempa")])
    // Once in the title, twice for the beginning, once behind it.
    #expect(abs(quake.weight - 2.3862944) < 1e-5)
    #expect(quake.titleWeight == 1)
    #expect(try #require(terms[WordHash.hash("banjir")]).weight == 1)
  }

  @Test func `are words of two letters, and pairs of characters`() {
    #expect(Set(Self.terms("", "a di").keys) == [WordHash.hash("di")])
    let pairs = Self.terms("", "普京访，问")
    #expect(
      Set(pairs.keys) == [
        WordHash.pair(WordHash.hash("普"), WordHash.hash("京")),
        WordHash.pair(WordHash.hash("京"), WordHash.hash("访")),
      ])
  }

  @Test func `weigh more the rarer they are`() {
    let terms = StoryTerms(title: Words(""), text: Words("yang gempa"))
    let shares = terms.terms.map { $0.hash == WordHash.hash("yang") ? 90.0 : 1 }
    let vectors = terms.vectors(TermShares(documents: 99, terms: shares), language: "id")
    #expect(vectors.text.heaviest(1).map(\.term) == [WordHash.hash("gempa")])
    // ln(100 / 90.5) and ln(100 / 1.5)
    let (common, rare) = (Float(0.0998), Float(4.1997))
    let weights = vectors.text.heaviest(2).map(\.weight)
    #expect(abs(weights[1] / weights[0] - common / rare) < 1e-3)
  }
}
