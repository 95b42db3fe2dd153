import Foundation
import Testing

@testable import Serving

@Suite("The token of the page") struct PageTokenTests {
  static let token = "a long enough token: really"

  static func status(_ field: String?, path: String = "/") -> Int? {
    PageToken(token).refusal(
      of: Question(
        method: "GET", path: path, headers: field.map { ["authorization": $0] } ?? [:]))?.status
  }

  private static func basic(_ words: String) -> String {
    "Basic " + Data(words.utf8).base64EncodedString()
  }

  @Test func `is taken from programs and browsers`() {
    #expect(Self.status("Bearer " + Self.token) == nil)
    #expect(Self.status("bearer  " + Self.token) == nil)
    #expect(Self.status(Self.basic("anyone:" + Self.token)) == nil)
    #expect(Self.status(Self.basic(":" + Self.token)) == nil)
  }

  @Test(arguments: [
    nil, "", "Bearer", "Bearer ", "Bearer x", "Basic", "Basic !!", basic("x"), basic("x:"),
    basic(token + ":x"), "Digest " + token, token,
  ]) func `is asked for where it is not given`(field: String?) {
    #expect(Self.status(field) == 401)
  }

  @Test func `is not needed to ask whether all is well`() {
    #expect(Self.status(nil, path: "/healthz") == nil && Self.status(nil, path: "/readyz") == nil)
    #expect(Self.status(nil, path: "/metrics") == 401 && Self.status(nil, path: "/events") == 401)
  }
}
