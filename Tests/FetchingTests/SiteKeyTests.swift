import Curl
import Fetching
import Testing

@Suite("A site") struct SiteKeyTests {
  @Test(arguments: [
    ("http://example.org/feed", "example.org", false),
    ("https://www.news.example.org/", "example.org", false),
    ("https://rss.tempo.co/", "tempo.co", false),
    ("https://www.antara.co.id/", "antara.co.id", false),
    ("https://a.b.go.id/", "b.go.id", false),
    ("https://feeds.bbci.co.uk/", "bbci.co.uk", false),
    ("http://8.8.8.8/", "8.8.8.8:80", false),
    ("http://127.0.0.1:8000/", "127.0.0.1:8000", true),
    ("http://localhost:81/", "localhost:81", true),
    ("http://nas.local/", "nas.local:80", true),
    ("http://[::1]:8080/", "[::1]:8080", true),
    ("https://EXAMPLE.org./", "example.org", false),
  ]) func `is a registrable domain, or a host and port`(
    address: String, key: String, isPrivate: Bool
  ) throws {
    let site = SiteKey(try HTTPAddress(address))
    #expect(site.description == key)
    #expect(site.isPrivate == isPrivate)
  }
}
