import Glibc
import Text

/// Bytes of a document as UTF-8, whatever they claim to be.
///
/// One bad byte never costs a feed: it becomes U+FFFD.
struct Decoding {
  var bytes: [UInt8]
  var warning: String?
  /// Characters that could not be read.
  private var bad = 0

  /// Decides by byte order mark, then by the bytes themselves, then by what is declared.
  init(_ input: [UInt8], contentType: String?) throws(FeedParseError) {
    if let (name, skip) = Self.mark(input) {
      self = try Self(input, from: name, dropping: skip)
      return
    }
    let declared = Self.declared(input)
    let header = contentType.flatMap(Self.charset)
    if Self.isValidUTF8(input) {
      self = Self.escaped(input, header ?? declared) ?? Decoding(input, nil)
    } else {
      self = Self.repaired(input, [header, declared].compactMap(\.self))
    }
  }

  /// ASCII that escapes to another set (ISO-2022); nil for any other.
  private static func escaped(_ input: [UInt8], _ name: String?) -> Decoding? {
    guard let name, name.lowercased().hasPrefix("iso-2022"), input.allSatisfy({ $0 < 0x80 }) else {
      return nil
    }
    let decoded = try? Decoding(input, from: canonical(name), dropping: 0)
    return decoded.flatMap { $0.bad * 4 <= input.count ? $0 : nil }
  }

  /// No valid UTF-8: one bad byte in much of it, or what is declared, or windows-1252.
  private static func repaired(_ input: [UInt8], _ declared: [String]) -> Decoding {
    let text = String(decoding: input, as: UTF8.self)
    let bad = text.unicodeScalars.count { $0 == "\u{fffd}" }
    let good = text.unicodeScalars.count { $0.value >= 0x80 } - bad
    // No other encoding looks like UTF-8 by chance so often; servers declare Latin-1 for all they have.
    if good > bad * 4 {
      return Decoding(Array(text.utf8), "line 1: \(bad) characters are not UTF-8")
    }
    // A name that decodes hardly half of what is not ASCII is the wrong one.
    let strange = input.count { $0 >= 0x80 }
    for name in declared.map(canonical) where name != "UTF-8" {
      guard let decoded = try? Decoding(input, from: name, dropping: 0) else { continue }
      if decoded.bad * 2 <= strange { return decoded }
    }
    if bad > good, let decoded = try? Decoding(input, from: "WINDOWS-1252", dropping: 0) {
      return Decoding(decoded.bytes, "line 1: not UTF-8, read as windows-1252")
    }
    return Decoding(Array(text.utf8), "line 1: \(bad) characters are not UTF-8")
  }

  private init(_ bytes: [UInt8], _ warning: String?) {
    (self.bytes, self.warning) = (bytes, warning)
  }

  /// Through glibc's iconv; what it stops at becomes U+FFFD, and it goes on.
  private init(_ input: [UInt8], from name: String, dropping skip: Int) throws(FeedParseError) {
    if name == "UTF-8" {
      self.init(Array(String(decoding: input.dropFirst(skip), as: UTF8.self).utf8), nil)
      return
    }
    // A name is the document's word: no way to ask iconv for files or for other manners.
    guard (1...40).contains(name.utf8.count),
      name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.:".contains($0) }),
      let converter = unsafe iconv_open("UTF-8", name), Int(bitPattern: converter) != -1
    else {
      throw .encoding(name)
    }
    defer { unsafe iconv_close(converter) }
    var source = Array(input.dropFirst(skip)).map { CChar(bitPattern: $0) }
    var output: [UInt8] = []
    var bad = 0
    // Behind half a unit of UTF-16 all the rest would be read askew.
    let unit = name.hasPrefix("UTF-32") ? 4 : name.hasPrefix("UTF-16") ? 2 : 1
    unsafe source.withUnsafeMutableBufferPointer { buffer in
      var from = buffer.baseAddress
      var left = buffer.count
      var piece = [CChar](repeating: 0, count: 65_536)
      while left > 0 {
        let (code, made) = unsafe Self.step(converter, &from, &left, &piece)
        output += piece[..<made].lazy.map { UInt8(bitPattern: $0) }
        guard code != 0, code != E2BIG else { continue }
        output += [0xEF, 0xBF, 0xBD]
        bad += 1
        let step = min(unit, left)
        unsafe from = from?.advanced(by: step)
        left -= step
      }
    }
    self.init(output, bad > 0 ? "line 1: \(bad) characters are not \(name)" : nil)
    self.bad = bad
  }

  private static func step(
    _ converter: iconv_t, _ from: inout UnsafeMutablePointer<CChar>?, _ left: inout Int,
    _ piece: inout [CChar]
  ) -> (code: Int32, made: Int) {
    unsafe piece.withUnsafeMutableBufferPointer { buffer in
      var to = buffer.baseAddress
      var room = buffer.count
      let result = unsafe iconv(converter, &from, &left, &to, &room)
      let code = result == Int(bitPattern: UInt.max) ? errno : 0
      return (code, buffer.count - room)
    }
  }

  // MARK: Names

  private static func mark(_ bytes: [UInt8]) -> (name: String, skip: Int)? {
    switch bytes.prefix(4) {
    case let head where head.starts(with: [0xEF, 0xBB, 0xBF]): ("UTF-8", 3)
    case [0xFF, 0xFE, 0, 0]: ("UTF-32LE", 4)
    case [0, 0, 0xFE, 0xFF]: ("UTF-32BE", 4)
    case let head where head.starts(with: [0xFF, 0xFE]): ("UTF-16LE", 2)
    case let head where head.starts(with: [0xFE, 0xFF]): ("UTF-16BE", 2)
    case let head where head.count == 4 && isFirst(head[0]) && head[1] == 0 && head[3] == 0:
      head[2] == 0 ? ("UTF-32LE", 0) : ("UTF-16LE", 0)
    case let head where head.count == 4 && head[0] == 0 && isFirst(head[1]) && head[2] == 0:
      ("UTF-16BE", 0)
    default: nil
    }
  }

  /// Whether a document may begin with `byte`.
  private static func isFirst(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "<") || byte == UInt8(ascii: "{")
  }

  /// The encoding of `<?xml … encoding="…"?>`.
  private static func declared(_ bytes: [UInt8]) -> String? {
    let head = String(decoding: bytes.prefix(1_024), as: UTF8.self)
    guard let start = head.firstRange(of: "<?xml"),
      let end = head[start.upperBound...].firstRange(of: "?>"),
      let name = head[start.upperBound..<end.lowerBound].firstRange(of: "encoding")
    else { return nil }
    let rest = head[name.upperBound..<end.lowerBound].drop { $0.isWhitespace || $0 == "=" }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    return String(rest.dropFirst().prefix { $0 != quote })
  }

  static func charset(_ contentType: String) -> String? {
    let lower = contentType.lowercased()
    guard let range = lower.firstRange(of: "charset=") else { return nil }
    let value = lower[range.upperBound...].drop { "\"' ".contains($0) }
    return String(value.prefix { !"\"'; ,".contains($0) }).nonEmpty
  }

  /// Labels mean what the WHATWG Encoding Standard says, not what they said once.
  ///
  /// Bytes that carry a declaration in ASCII are no UTF-16, whatever it says.
  private static func canonical(_ name: String) -> String {
    switch name.lowercased() {
    case "iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252",
      "iso8859-1":
      "WINDOWS-1252"
    case "gb2312", "gbk", "gb18030", "x-gbk": "GB18030"
    case "shift_jis", "shift-jis", "sjis", "x-sjis": "CP932"
    case "euc-jp", "x-euc-jp": "EUC-JP-MS"
    case "ks_c_5601-1987", "euc-kr", "korean": "CP949"
    case "big5", "big5-hkscs": "BIG5-HKSCS"
    case "tis-620", "windows-874": "CP874"
    case "iso-8859-9": "WINDOWS-1254"
    case "utf-8", "utf8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be", "utf-7", "unicode",
      "ucs-2", "ucs-4", "utf-32":
      "UTF-8"
    default: name.uppercased()
    }
  }

  static func isValidUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }
}
