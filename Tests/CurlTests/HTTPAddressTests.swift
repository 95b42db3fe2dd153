import Curl
import Testing

@Suite("An address") struct HTTPAddressTests {
  @Test(arguments: [
    ("http://example.org", "http://example.org/", "http://example.org:80"),
    ("HTTPS://Example.ORG:8443/a?b#c", "https://example.org:8443/a?b", "https://example.org:8443"),
    ("http://127.1/feed", "http://127.0.0.1/feed", "http://127.0.0.1:80"),
    ("http://2130706433/", "http://127.0.0.1/", "http://127.0.0.1:80"),
    ("http://[::1]:8000/", "http://[::1]:8000/", "http://[::1]:8000"),
    ("http://example.org/a b", "http://example.org/a%20b", "http://example.org:80"),
  ]) func `is read as libcurl will connect to it`(
    text: String, whole: String, origin: String
  ) throws {
    let address = try HTTPAddress(text)
    #expect(address.text.lowercased() == whole)
    #expect(address.origin == origin)
  }

  @Test(arguments: [
    "", "example.org/feed", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)",
    "ftp://example.org/", "http://", "http://example.org:99999/", "http://a\u{0}b/",
    "http://" + String(repeating: "a", count: 9000),
  ]) func `is refused if it is none`(text: String) {
    let error = #expect(throws: CurlError.self) { try HTTPAddress(text) }
    #expect(error?.kind == .request)
  }

  @Test(arguments: [22, 25, 6667])
  func `is refused on a port of another protocol`(port: Int) {
    let error = #expect(throws: CurlError.self) {
      try HTTPAddress("http://example.org:\(port)/")
    }
    #expect(error?.kind == .refusedAddress)
  }

  @Test(arguments: [
    ("b", "http://example.org/a/b"),
    ("/b?c", "http://example.org/b?c"),
    ("//other.example/x", "http://other.example/x"),
    ("https://other.example/x#y", "https://other.example/x"),
    ("?q", "http://example.org/a/feed?q"),
    ("/caf\u{e9}", "http://example.org/caf%c3%a9"),
    ("http://u:p@other.example/x", "http://other.example/x"),
  ]) func `resolves a Location`(location: String, whole: String) throws {
    let base = try HTTPAddress("http://u:p@example.org/a/feed")
    #expect(try base.resolving(Array(location.utf8)).text == whole)
  }

  @Test(arguments: ["", "file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)"])
  func `follows no Location to elsewhere`(location: String) throws {
    let base = try HTTPAddress("http://example.org/")
    let error = #expect(throws: CurlError.self) { try base.resolving(Array(location.utf8)) }
    #expect(error?.kind == .request)
  }

  @Test(arguments: [
    ("http://u:secret@example.org/a@b", "http://example.org/a@b"),
    ("http://example.org/a@b", "http://example.org/a@b"),
    ("http://u:secret@example.org", "http://example.org/"),
    ("http://example.org/?x=y@z", "http://example.org/?x=y@z"),
    ("http://example.org?x=y@z", "http://example.org/?x=y@z"),
    ("http://u:p%40s%2F@example.org/x", "http://example.org/x"),
    ("http://u@[::1]:8000/x", "http://[::1]:8000/x"),
  ]) func `is shown without its password`(text: String, shown: String) throws {
    #expect(try HTTPAddress(text).display == shown)
  }

  @Test func `may be 8 KB long and no longer`() throws {
    let start = "http://example.org/"
    let most = start + String(repeating: "a", count: 8192 - start.utf8.count)
    #expect(try HTTPAddress(most).text == most)
    #expect(throws: CurlError(.request, "the address is too long")) { try HTTPAddress(most + "a") }
  }

  @Test func `says what is wrong with it`() {
    #expect(throws: CurlError(.request, "the address is empty")) { try HTTPAddress("") }
    #expect(throws: CurlError(.request, "the address contains a NUL")) {
      try HTTPAddress("http://a/\u{0}")
    }
    #expect(throws: CurlError(.request, "'ftp:' is not followed; only http and https are")) {
      try HTTPAddress("ftp://example.org/")
    }
    #expect(throws: CurlError(.refusedAddress, "port 22 belongs to another protocol")) {
      try HTTPAddress("http://example.org:22/")
    }
  }

  @Test(arguments: [
    ("http://example.org:1024/", 1024), ("http://example.org:65535/", 65535),
    ("https://example.org/", 443), ("https://example.org:80/", 80),
  ]) func `knows its port`(text: String, port: Int) throws {
    #expect(try HTTPAddress(text).port == port)
  }
}
