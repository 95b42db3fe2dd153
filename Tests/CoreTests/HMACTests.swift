import Core
import Testing

/// The vectors of RFC 4231.
@Suite("An HMAC") struct HMACTests {
  private static let short = [UInt8](repeating: 0x0B, count: 20)
  private static let long = [UInt8](repeating: 0xAA, count: 131)
  private static let longText = "Test Using Larger Than Block-Size Key - Hash Key First"

  @Test(arguments: [
    (short, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (long, longText, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
  ]) func `by SHA-256 is that of the RFC`(key: [UInt8], message: String, expected: String) {
    #expect(hex(HMAC.sha256(Array(message.utf8), key: key)) == expected)
  }

  @Test(arguments: [
    (
      short, "Hi There",
      "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
        + "faea9ea9076ede7f4af152e8b2fa9cb6"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
        + "8e2240ca5e69e2c78b3239ecfab21649"
    ),
    (
      long, longText,
      "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
        + "0c2ef6ab4030fe8296248df163f44952"
    ),
  ]) func `by SHA-384 is that of the RFC`(key: [UInt8], message: String, expected: String) {
    #expect(hex(HMAC.sha384(Array(message.utf8), key: key)) == expected)
  }

  @Test(arguments: [
    (
      short, "Hi There",
      "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
        + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    ),
    (
      long, longText,
      "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
        + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
    ),
  ]) func `by SHA-512 is that of the RFC`(key: [UInt8], message: String, expected: String) {
    #expect(hex(HMAC.sha512(Array(message.utf8), key: key)) == expected)
  }

  @Test func `is the same only where every byte is`() {
    #expect(HMAC.isSame([1, 2, 3], [1, 2, 3]))
    #expect(!HMAC.isSame([1, 2, 3], [1, 2, 2]))
    #expect(!HMAC.isSame([0, 2, 3], [1, 2, 3]))
    #expect(!HMAC.isSame([1, 2], [1, 2, 3]))
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
