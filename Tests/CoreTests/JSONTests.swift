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
    ("1 2", 1, 3), ("01", 1, 2), ("tru", 1, 1), ("\"a\\n\u{1}\"", 1, 5),
    ("\"\\u+12a\"", 1, 4), ("\"0123456789\u{1}\"", 1, 12), ("\"0123456789", 1, 12),
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

  /// Text is looked at 32 bytes at a time, then eight, so each sign must be found wherever it stands.
  @Test(arguments: ["\"", "\\", "\n", "\u{1f}", "\u{7f}", "\u{9b}", "\u{202e}", "é", "中", "😀"])
  func `finds a sign at each place of a text`(sign: String) throws {
    for length in 0..<72 {
      for place in 0...length {
        let text =
          String(repeating: "a", count: place) + sign
          + String(repeating: "b", count: length - place)
        var writer = JSONWriter()
        writer.string(text)
        writer.string(text)
        let isSafe = writer.text.unicodeScalars.allSatisfy { !SafeText.isUnsafe($0) }
        #expect(isSafe)
        #expect(
          try JSONValue(parsing: Array("[\(writer.text)]".utf8))
            == .array([.string(text), .string(text)]))
      }
    }
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x61, 0x22], "\u{fffd}a"), ([0x22, 0xE4, 0xB8, 0x22], "\u{fffd}"),
      ([0x22, 0x5C, 0x6E, 0xC3, 0x22], "\n\u{fffd}"),
      (Array(#""\ud83d""#.utf8), "\u{fffd}"), (Array(#""\udc00x""#.utf8), "\u{fffd}x"),
      (Array(#""\ud83d\u0041""#.utf8), "\u{fffd}A"),
    ] as [([UInt8], String)])
  func `that is no valid text is read with U+FFFD in its place`(bytes: [UInt8], text: String) throws
  {
    #expect(try JSONValue(parsing: bytes) == .string(text))
  }

  @Test(arguments: [
    ("0", 0), ("-1", -1), ("999999999999999999", 999_999_999_999_999_999),
    ("9223372036854775807", .max), ("-9223372036854775808", .min), ("1e3", 1_000), ("2.0", 2),
  ])
  func `holds whole numbers to their last digit`(text: String, number: Int) throws {
    var reader = JSONReader(Array(text.utf8))
    #expect(try reader.integer() == number)
  }

  @Test(arguments: ["1.5", "9223372036854775808", "1e400"])
  func `holds numbers that are not whole, which are refused as such`(text: String) {
    var reader = JSONReader(Array(text.utf8))
    #expect(throws: JSONError.self) { try reader.integer() }
  }

  @Test func `keeps the order of its fields when one is set, moved in or taken away`() throws {
    var tree = try JSONValue(parsing: Array(#"{"a":1,"b":[true,null],"a":2,"c":"x"}"#.utf8))
    tree["a"] = .number(1.5)
    tree["c"] = nil
    tree["d"] = .object([])
    var writer = JSONWriter()
    tree.write(to: &writer)
    #expect(writer.text == #"{"a":1.5,"b":[true,null],"d":{}}"#)
  }

  @Test func `nested too deep is refused`() {
    let document = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: document) }
  }
}
