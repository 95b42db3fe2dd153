import Testing

@testable import Parsing

@Suite("An address") struct AddressTests {
  // RFC 3986 §5.4, with the base it uses.
  @Test(arguments: [
    ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"),
    ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"), ("g;x=1/../y", "http://a/b/c/y"),
    (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
    ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"),
    ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./g/.", "http://a/b/c/g/"),
    ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
    ("g?y/../x", "http://a/b/c/g?y/../x"),
    ("g#s/../x", "http://a/b/c/g#s/../x"),
  ])
  func `is resolved as RFC 3986 has it`(reference: String, address: String) {
    #expect(Address.resolve(reference, against: "http://a/b/c/d;p?q") == address)
  }

  @Test(arguments: [
    (" /a b ", "https://n.example/a%20b"), ("/\u{e9}", "https://n.example/%C3%A9"),
    ("/a\n/b\t", "https://n.example/a/b"),
    ("https://o.example/?a=1&b=%20", "https://o.example/?a=1&b=%20"),
    ("?a", "https://n.example/?a"), ("HTTP://O.example/X", "HTTP://O.example/X"),
    ("a:80/b?c:d", "a:80/b?c:d"), ("\u{a0}https://o.example/\u{3000}", "https://o.example/"),
  ])
  func `is trimmed and encoded, else as written`(reference: String, address: String) {
    #expect(Address.resolve(reference, against: "https://n.example") == address)
  }

  // UTS #46 has hosts in lower case and punycode; user and port are none of it.
  @Test(arguments: [
    ("https://Bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
    ("//пример.example:80/", "https://xn--e1afmkfd.example:80/"),
    ("https://a@例え。テスト", "https://a@xn--r8jz45g.xn--zckzah"),
    ("https://n.example/@ü", "https://n.example/@%C3%BC"), ("/a//ü", "https://n.example/a//%C3%BC"),
    ("mailto:ü@n.example", "mailto:%C3%BC@n.example"),
  ])
  func `has its host in punycode`(reference: String, address: String) {
    #expect(Address.resolve(reference, against: "https://n.example/") == address)
  }

  @Test(arguments: [
    ("", "https://n.example/"), ("  ", "https://n.example/"), ("a", "urn:x"), ("a", "mailto:x"),
    (String(repeating: "a", count: 9_000), "https://n.example/"),
  ])
  func `is none where there is nothing to lead to`(reference: String, base: String) {
    #expect(Address.resolve(reference, against: base) == nil)
  }

  @Test(arguments: [
    "javascript:x()", "JavaScript:x()", " java\nscript:x()", "\u{a0}javascript:x()", "vbscript:x",
    "data:text/html,x",
  ])
  func `of an entry never runs`(reference: String) {
    #expect(Address.link(reference, against: "https://n.example/") == nil)
  }
}
