/// A text as bytes: UTF-8 without controls, looked at once, so that Strings are cut from it unlooked.
public struct CleanText: Sendable {
  public let bytes: [UInt8]

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
    self.bytes = bytes
  }

  /// The text of a part; an end inside a character counts as the end of a document that was cut there.
  public func string(_ range: Range<Int>) -> String {
    guard !range.isEmpty else { return "" }
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
    CharacterReference.append(bytes, range, inAddress: inAddress, to: &room)
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
