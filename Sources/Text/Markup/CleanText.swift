/// A text as bytes: UTF-8 without controls, looked at once, so that Strings are cut from it unlooked.
public struct CleanText: Sendable {
  /// The UTF-8 of bytes of a set that has one byte for each character.
  public typealias Decode = @Sendable (ArraySlice<UInt8>) -> [UInt8]

  /// UTF-8, or what `decode` makes it of; ASCII, and so all markup, is itself in both.
  public let bytes: [UInt8]
  private let decode: Decode?

  /// Takes `bytes` as they are where they are clean, without a copy; repairs them where they are not.
  ///
  /// What is no UTF-8 becomes U+FFFD; controls go, tab and line ends aside.
  public init(_ bytes: [UInt8]) {
    self.init(bytes, UTF8Survey(bytes))
  }

  /// Takes `bytes` that were looked at already.
  public init(_ bytes: [UInt8], _ survey: UTF8Survey) {
    var bytes = survey.bad == 0 ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
    if survey.hasControls { bytes.removeAll(where: UTF8Survey.isControl) }
    (self.bytes, decode) = (bytes, nil)
  }

  /// Takes bytes of a set that has ASCII and one byte for each other character.
  ///
  /// Only what is kept of them is decoded: in UTF-8 the whole would be nearly twice as long.
  public init(_ bytes: [UInt8], hasControls: Bool, decode: @escaping Decode) {
    self.bytes = hasControls ? bytes.filter { !UTF8Survey.isControl($0) } : bytes
    self.decode = decode
  }

  /// Whether `bytes` are UTF-8 as they stand.
  public var isUTF8: Bool { decode == nil }

  /// The whole as UTF-8.
  public var utf8: [UInt8] { decode?(bytes[...]) ?? bytes }

  /// A part as UTF-8.
  public func utf8(_ range: Range<Int>) -> ArraySlice<UInt8> {
    decode.map { $0(bytes[range])[...] } ?? bytes[range]
  }

  /// The text of a part; an end inside a character counts as the end of a document that was cut there.
  public func string(_ range: Range<Int>) -> String {
    guard !range.isEmpty else { return "" }
    if let decode { return Self.string(joined: decode(bytes[range])) }
    guard bytes[range.lowerBound] & 0xC0 != 0x80,
      range.upperBound == bytes.count || bytes[range.upperBound] & 0xC0 != 0x80
    else { return String(decoding: bytes[range], as: UTF8.self) }
    return Self.string(bytes, range)
  }

  /// The text of a part with its references decoded; `room` is taken for the work and left empty.
  public func decoded(
    _ range: Range<Int>, inAddress: Bool = false, room: inout [UInt8]
  ) -> String {
    let mark = ByteSearch.first(
      UInt8(ascii: "&"), in: bytes, from: range.lowerBound, to: range.upperBound)
    guard mark < range.upperBound else { return string(range) }
    if let decode {
      let part = decode(bytes[range])
      CharacterReference.append(part, part.indices, inAddress: inAddress, to: &room)
    } else {
      CharacterReference.append(bytes, range, inAddress: inAddress, to: &room)
    }
    defer { room.removeAll(keepingCapacity: true) }
    return Self.string(room, room.indices)
  }

  /// A String of bytes that were put together from parts of clean texts, cut between characters.
  public static func string(joined bytes: [UInt8]) -> String {
    string(bytes, bytes.indices)
  }

  /// A String of bytes that are known to be UTF-8, and are not judged again.
  private static func string(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    let part = bytes.span.extracting(range)
    return unsafe String(copying: UTF8Span(unchecked: part))
  }
}
