import Core
import Testing

@Suite("A digest") struct DigestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func `is SHA-256 as the standard's vectors have it`(message: String, hex: String) {
    #expect(SHA256.hex(Array(message.utf8)) == hex)
  }

  @Test func `names an alert as every node does`() {
    let parts = ["tidings/1", "alert.raised", "putin-xi", #"{"story":"s_41a"}"#, "184220", "0"]
    let digest = Digest(of: parts)
    #expect(digest.description == "ujs6clmkhx43ufnbwj65taahha")
    #expect(Digest(digest.description) == digest)
  }

  @Test(arguments: ["", "abc", "ujs6clmkhx43ufnbwj65taahhb", "UJS6CLMKHX43UFNBWJ65TAAHHA"])
  func `is not read from other text`(text: String) {
    #expect(Digest(text) == nil)
  }
}
