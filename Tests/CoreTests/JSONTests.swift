import Core
import Testing

@Suite("JSON") struct JSONTests {
  @Test(arguments: [
    ("a\"b\\c", #""a\"b\\c""#), ("tab\tline\n", #""tab\tline\n""#),
    ("\u{1b}[31m", #""\u001b[31m""#),
    ("\u{9b}", #""\u009b""#), ("\u{7f}", #""\u007f""#), ("\u{202e}", #""\u202e""#),
    ("\u{2028}", #""\u2028""#),
    ("\u{e0041}", #""\udb40\udc41""#), ("Jakarta é 中", #""Jakarta é 中""#),
  ])
  func `escapes what could act on a reader, and reads it back`(text: String, json: String) throws {
    var writer = JSONWriter()
    writer.string(text)
    #expect(writer.text == json)
    #expect(try JSONValue(parsing: writer.bytes) == .string(text))
  }

  @Test(arguments: [
    ("{\"a\":}", 1, 6), ("[1,\n 2,,]", 2, 4), ("{\"a\" 1}", 1, 6), ("[1", 1, 3),
    ("\"\u{1}\"", 1, 2),
    ("1 2", 1, 3), ("01", 1, 2), ("tru", 1, 1),
  ])
  func `is refused with line and column`(text: String, line: Int, column: Int) {
    #expect {
      try JSONValue(parsing: Array(text.utf8))
    } throws: { error in
      let error = error as? JSONError
      return error?.line == line && error?.column == column
    }
  }

  @Test func `of every prefix of a document is refused without a crash`() throws {
    let document = Array(#"{"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00"],"b":{"c":""}}"#.utf8)
    for end in 0..<document.count {
      #expect(throws: JSONError.self) { try JSONValue(parsing: Array(document[..<end])) }
    }
    let value = try JSONValue(parsing: document)
    #expect(value["a"]?.array?[4].string == "xé😀")
  }

  @Test func `nested too deep is refused`() {
    let document = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: document) }
  }
}
