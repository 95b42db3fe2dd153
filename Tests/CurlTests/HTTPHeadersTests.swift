import Curl
import Testing

@Suite("Headers") struct HTTPHeadersTests {
  @Test func `are found without regard to case, in order`() {
    var headers = HTTPHeaders()
    headers.append("ETag", [0x22, 0xe9, 0x22])
    headers.append("X", "1")
    headers.append("x", "2")
    #expect(headers["etag"] == [0x22, 0xe9, 0x22])
    #expect(headers.text("ETAG") == "\"\u{e9}\"")
    #expect(headers["X"] == Array("1".utf8))
    #expect(headers.values("x") == [Array("1".utf8), Array("2".utf8)])
    #expect(headers["missing"] == nil)
    #expect(headers.count == 3)
    #expect(headers[2].name == Array("x".utf8))
  }
}
