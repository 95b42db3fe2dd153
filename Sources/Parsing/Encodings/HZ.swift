/// Chinese written in ASCII: between `~{` and `~}` two bytes are one character of GB 2312 (RFC 1843).
enum HZ {
  /// The same text as GB 2312 has it, with the highest bit of those bytes set.
  ///
  /// `~~` is a tilde, and a tilde before a line end joins two lines; a line end ends the Chinese too.
  static func plain(_ input: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    var isChinese = false
    var place = 0
    while place < input.count {
      let byte = input[place]
      let next = place + 1 < input.count ? input[place + 1] : 0
      switch (byte, next) {
      case (UInt8(ascii: "~"), UInt8(ascii: isChinese ? "}" : "{")):
        isChinese.toggle()
        place += 2
      case (UInt8(ascii: "~"), UInt8(ascii: "~")) where !isChinese:
        output.append(byte)
        place += 2
      case (UInt8(ascii: "~"), 0x0A) where !isChinese: place += 2
      default:
        if byte == 0x0A { isChinese = false }
        output.append(isChinese ? byte | 0x80 : byte)
        place += 1
      }
    }
    return output
  }
}
