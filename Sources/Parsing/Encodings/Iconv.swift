import Glibc
import Text

/// glibc's iconv(3), which knows every encoding that feeds have.
enum Iconv {
  /// The UTF-8 of `input` in the encoding called `name`, and how often it stopped.
  ///
  /// What it stops at becomes U+FFFD, and it goes on behind it. Beyond `badLimit` of these, or where they
  /// are most of what was read, it is another encoding: that throws, and the rest is not read. In pieces,
  /// long runs of ASCII are copied where the encoding allows it.
  static func decode(
    _ input: ArraySlice<UInt8>, from name: String, inPieces: Bool = true, badLimit: Int? = nil
  ) throws(FeedParseError) -> (bytes: [UInt8], bad: Int) {
    // A name is the document's word: no way to ask iconv for files or for other manners.
    guard (1...40).contains(name.utf8.count),
      name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.:".contains($0) }),
      let converter = unsafe iconv_open("UTF-8", name), Int(bitPattern: converter) != -1
    else {
      throw .encoding(name)
    }
    defer { unsafe iconv_close(converter) }
    var conversion = Conversion(name, inPieces: inPieces, badLimit)
    unsafe input.withUnsafeBufferPointer { unsafe conversion.run($0, converter) }
    if conversion.isWrong { throw .encoding(name) }
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
  private let badLimit: Int?
  /// Whether it was given up.
  private(set) var isWrong = false
  private var read = 0
  /// Runs of ASCII from this length on are copied, for a call of iconv costs as much.
  private static let run = 48
  /// Bad characters after which it is plain whether they are most of a text.
  private static let sample = 1_000

  init(_ name: String, inPieces: Bool, _ badLimit: Int?) {
    self.badLimit = badLimit
    unit = name.hasPrefix("UTF-32") ? 4 : name.hasPrefix("UTF-16") ? 2 : 1
    keepsASCII = inPieces && EncodingLabel.keepsASCII(name)
  }

  mutating func run(_ input: UnsafeBufferPointer<UInt8>, _ converter: iconv_t) {
    var place = 0
    while place < input.count, !isWrong {
      read = place
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
    // One room for all steps: a document may stop at each of its bytes.
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: min(65_536, 4 * left + 16)) {
      while left > 0, !isWrong {
        let code = unsafe step(converter, &from, &left, $0)
        guard code != 0, code != E2BIG else { continue }
        output += [0xEF, 0xBF, 0xBD]
        bad += 1
        let step = min(unit, left)
        unsafe from = from?.advanced(by: step)
        left -= step
        isWrong = isTooBad(read + input.count - left)
      }
    }
  }

  private func isTooBad(_ read: Int) -> Bool {
    guard let badLimit, bad > Self.sample else { return false }
    return bad > badLimit || bad * 2 > read
  }

  /// One call of iconv, as much output as there is `room`; 0 or the number of the error it stopped with.
  private mutating func step(
    _ converter: iconv_t, _ from: inout UnsafeMutablePointer<CChar>?, _ left: inout Int,
    _ room: UnsafeMutableBufferPointer<CChar>
  ) -> Int32 {
    var to = room.baseAddress
    var free = room.count
    let result = unsafe iconv(converter, &from, &left, &to, &free)
    let code = result == Int(bitPattern: UInt.max) ? errno : 0
    unsafe output += UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(room)[..<(room.count - free)])
    return code
  }
}
