import Testing

@testable import Fetching

@Suite("Public suffixes") struct PublicSuffixesTests {
  private static let list = """
    // ===BEGIN ICANN DOMAINS===
    // a comment
    com
    id
    co.id
    // Cook Islands
    *.ck
    !www.ck
    // ===END ICANN DOMAINS===
    // ===BEGIN PRIVATE DOMAINS===
    github.io
    """

  @Test(arguments: [
    ("example.com", 1), ("a.b.example.com", 1), ("www.antara.co.id", 2), ("tempo.id", 1),
    ("x.news.ck", 2), ("www.ck", 1), ("a.www.ck", 1), ("someone.github.io", 1), ("x.nowhere", 1),
  ]) func `end where registries sell names, companies left out`(host: String, length: Int) throws {
    let suffixes = try #require(PublicSuffixes(Self.list))
    #expect(suffixes.suffixLength(host.split(separator: ".")) == length)
  }

  @Test func `are none in a list without rules`() {
    #expect(PublicSuffixes("// nothing\n") == nil)
    #expect(PublicSuffixes("") == nil)
  }

  @Test(arguments: [
    ("a.b.go.id", 2), ("feeds.bbci.co.uk", 2), ("rss.tempo.co", 1), ("example.org", 1),
    ("co.uk", 1),
  ]) func `are guessed where there is no list`(host: String, length: Int) {
    #expect(SiteKey.guessedSuffixLength(host.split(separator: ".")) == length)
  }
}
