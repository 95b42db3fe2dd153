import Glibc
import Text

/// glibc's iconv(3), which knows every encoding that feeds have.
enum Iconv {
  /// The UTF-8 of `input` in the encoding called `name`, and how often it stopped.
  ///
  /// What it stops at becomes U+FFFD, and it goes on behind it. In pieces, long runs of ASCII are copied
  /// where the encoding allows it.
  static func decode(
    _ input: ArraySlice<UInt8>, from name: String, inPieces: Bool = true
  ) throws(FeedParseError) -> (bytes: [UInt8], bad: Int) {
    // A name is the document's word: no way to ask iconv for files or for other manners.
    guard (1...40).contains(name.utf8.count),
      name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.:".contains($0) }),
      let converter = unsafe iconv_open("UTF-8", name), Int(bitPattern: converter) != -1
    else {
      throw .encoding(name)
    }
    defer { unsafe iconv_close(converter) }
    var conversion = Conversion(name, inPieces: inPieces)
    unsafe input.withUnsafeBufferPointer { unsafe conversion.run($0, converter) }
    return (conversion.output, conversion.bad)
  }
}

/// One document on its way through iconv.
private struct Conversion {
  private(set) var output: [UInt8] = []
  private(set) var bad = 0
  /// Behind half a unit of UTF-16 all the rest would be read askew.
  private let unit: Int
  private let keepsASCII: Bool
  /// Runs of ASCII from this length on are copied, for a call of iconv costs as much.
  private static let run = 48

  init(_ name: String, inPieces: Bool) {
    unit = name.hasPrefix("UTF-32") ? 4 : name.hasPrefix("UTF-16") ? 2 : 1
    keepsASCII = inPieces && EncodingLabel.keepsASCII(name)
  }

  mutating func run(_ input: UnsafeBufferPointer<UInt8>, _ converter: iconv_t) {
    var place = 0
    while place < input.count {
      let next = keepsASCII ? unsafe nextRun(input, place) : input.count..<input.count
      unsafe convert(UnsafeBufferPointer(rebasing: input[place..<next.lowerBound]), converter)
      unsafe output += input[next]
      place = next.upperBound
    }
  }

  /// The next run of ASCII that is long enough to copy, its first byte left to iconv: that may be the
  /// second one of a character.
  private func nextRun(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) -> Range<Int> {
    var first = start
    var place = start
    while place < input.count {
      if unsafe input[place] >= 0x80 {
        if place - first >= Self.run { return first..<place }
        first = place + 2
      }
      place += 1
    }
    return place - first >= Self.run ? first..<place : place..<place
  }

  private mutating func convert(_ input: UnsafeBufferPointer<UInt8>, _ converter: iconv_t) {
    var from = unsafe UnsafeMutablePointer(
      mutating: UnsafeRawPointer(input.baseAddress)?.assumingMemoryBound(to: CChar.self))
    var left = input.count
    while left > 0 {
      let code = unsafe step(converter, &from, &left)
      guard code != 0, code != E2BIG else { continue }
      output += [0xEF, 0xBF, 0xBD]
      bad += 1
      let step = min(unit, left)
      unsafe from = from?.advanced(by: step)
      left -= step
    }
  }

  /// One call of iconv, at most 64 KB of output; 0 or the number of the error that it stopped with.
  private mutating func step(
    _ converter: iconv_t, _ from: inout UnsafeMutablePointer<CChar>?, _ left: inout Int
  ) -> Int32 {
    var code: Int32 = 0
    let size = min(65_536, 4 * left + 16)
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      var room = buffer.count
      unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
        var to = buffer.baseAddress
        let result = unsafe iconv(converter, &from, &left, &to, &room)
        code = result == Int(bitPattern: UInt.max) ? errno : 0
      }
      count = size - room
    }
    output += piece
    return code
  }
}
