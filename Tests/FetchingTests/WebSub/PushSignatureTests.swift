import Testing

@testable import Fetching

/// Codes by `openssl dgst -hmac`.
@Suite("A push's signature") struct PushSignatureTests {
  @Test(arguments: [
    "sha256=37fcfd31d5c3085a06c502a85354123c38badffa82b13a111c5ccd11843b9085",
    "SHA256=37fcfd31d5c3085a06c502a85354123c38badffa82b13a111c5ccd11843b9085",
    "sha384=4a5bab470f1de270af8f34b6a145f284f037133d5f73ef175535449cbdf84a19"
      + "5357a2ce58faaa890ecafe890c189e6e",
    "sha512=58457a29e107a11984d5f0c1ac48a4c4c1ccc47ec8e1c1b66729bcfc3e1296b5"
      + "8ae09b5bd40efe465ae7df0f20de85ef3f7174d39ea163283d852102075bd33d",
  ]) func `holds by SHA-256 and better`(text: String) throws {
    let signature = try #require(PushSignature(text))
    #expect(signature.holds(for: Array("<rss/>".utf8), secret: "key"))
    #expect(!signature.holds(for: Array("<rss />".utf8), secret: "key"))
    #expect(!signature.holds(for: Array("<rss/>".utf8), secret: "Key"))
  }

  @Test(arguments: [
    // SHA-1 of the same, which is right and not enough.
    "sha1=22f65e7311b1ec97b2c4c0c4dcb6bf99762d61d9", "sha256=", "sha256", "", "md5=00", "sha256=0g",
    "sha256=123",
    "sha256=" + String(repeating: "00", count: 65),
  ]) func `is none by another method, or where it is no code`(text: String) {
    let signature = PushSignature(text)
    #expect(signature?.holds(for: Array("<rss/>".utf8), secret: "key") != true)
  }
}
