import Testing

@testable import Core

@Suite("An address on its way out") struct SafeAddressTests {
  @Test(arguments: ["Q148", "a/b?c#d&e", "地震 x", "..", "%41", ""])
  func `is a segment of a path that means what it meant`(text: String) {
    let segment = SafeAddress.percent(text)
    #expect(!segment.contains { "/?#& ".contains($0) })
    #expect(String(decoding: SafeAddress.decoded(Array(segment.utf8)), as: UTF8.self) == text)
  }

  @Test(arguments: [("%", "%"), ("%4", "%4"), ("%zz%41", "%zzA"), ("a%2Fb", "a/b")])
  func `is decoded where something is encoded`(text: String, decoded: String) {
    #expect(String(decoding: SafeAddress.decoded(Array(text.utf8)), as: UTF8.self) == decoded)
  }
}
