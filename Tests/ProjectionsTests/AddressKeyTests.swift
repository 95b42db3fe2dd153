import Testing

@testable import Projections

@Suite("An address key") struct AddressKeyTests {
  @Test(arguments: [
    ("https://www.N.example/A/b/", "n.example/A/b"),
    ("HTTP://n.example:80/A/b#part", "n.example/A/b"),
    ("https://amp.n.example:443/A/b?utm_source=x&UTM_medium=y", "n.example/A/b"),
    ("https://m.n.example/A/b?id=7&fbclid=1&a=2", "n.example/A/b?a=2&id=7"),
    ("n.example", "n.example"),
    ("https://n.example/?id", "n.example?id"),
    ("https://n.example?id=1#x", "n.example?id=1"),
    ("https://n.example/Straße/地震//", "n.example/Straße/地震"),
    ("mailto:a", "mailto:a"),
    ("", ""),
  ]) func `leaves out what makes no other article`(url: String, key: String) {
    #expect(AddressKey.of(url) == key)
  }
}
