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

  @Test(arguments: [
    (0, "cf83e1357eefb8bdf1542850d66d800763b931bd47417a81a538327af927da3e"),
    (3, "d6f644b19812e97b5d871658d6d3400eebe53e2dff36e248424c7273117dac09"),
    (111, "fa9121c7b32b9e01733d034cfc78cbf63c68d04e297b0eb7b2b4d60fc6b566a2"),
    (112, "c01d080efd492776a1c43bd23dd99d0a9ecbb152f58f130a407c8830604b70ca"),
    (127, "828613968b501dc00a97e08c73b118aae3642554199876374291f5d921629502"),
    (128, "b73d1929aa615934e61a871596b3f3b3bdfbe351909519a846d465c59582f321"),
    (300, "a6a77010dd9696c23831e6549de5172465a96f90a3fe4a58a6b70a103be08e83"),
  ])
  func `by SHA-512 is the same at every border of a block`(count: Int, ends: String) {
    let bytes = SHA512.hash([UInt8](repeating: 0x61, count: count))
    #expect(bytes.count == 64)
    let hex = (bytes.prefix(16) + bytes.suffix(16)).map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16)
    }
    #expect(hex.joined() == ends)
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
