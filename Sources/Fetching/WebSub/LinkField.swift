internal import Curl

/// One link of a `Link` header field (RFC 8288 §3): where to, and what the target is to the answer.
struct LinkField: Hashable {
  /// As written, perhaps relative.
  var target: [UInt8]

  /// The relation types, in lower case.
  var relations: [String]

  /// Links of one answer that are looked at.
  private static let limit = 64

  /// The links in all `Link` fields, in order.
  ///
  /// Those with an `anchor` speak of something else than the answer (§3.2) and are left out; of a
  /// field that is broken what stands before the break counts.
  static func links(_ headers: HTTPHeaders) -> [LinkField] {
    Array(headers.values("link").lazy.flatMap { links($0) }.prefix(limit))
  }

  private static func links(_ field: [UInt8]) -> [LinkField] {
    var reader = LinkReader(field)
    var links: [LinkField] = []
    while links.count < limit, let (target, parameters) = reader.next() {
      guard !parameters.contains(where: { $0.name == "anchor" }) else { continue }
      // Only the first `rel` counts (§3.3).
      let relations = parameters.first { $0.name == "rel" }?.value ?? ""
      links.append(
        LinkField(
          target: target, relations: relations.lowercased().split(separator: " ").map(String.init)))
    }
    return links
  }
}

/// Walks over the bytes of a `Link` field.
private struct LinkReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next `<target>` with its parameters; `nil` at the end or where it is broken.
  mutating func next() -> (target: [UInt8], parameters: [(name: String, value: String)])? {
    skip { Self.isBlank($0) || $0 == UInt8(ascii: ",") }
    guard take("<"), let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
    let target = Array(bytes[at..<end])
    at = end + 1
    var parameters: [(name: String, value: String)] = []
    skip(Self.isBlank)
    while take(";") {
      skip(Self.isBlank)
      let name = word()
      skip(Self.isBlank)
      var value = ""
      if take("=") {
        skip(Self.isBlank)
        value = take("\"") ? quoted() : word()
      }
      if !name.isEmpty { parameters.append((name.lowercased(), value)) }
      skip(Self.isBlank)
    }
    // What follows is the next link, or nothing that can be read.
    if at < bytes.count, bytes[at] != UInt8(ascii: ",") { at = bytes.count }
    return (target, parameters)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while at < bytes.count, isSkipped(bytes[at]) { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  /// Bytes up to a separator.
  private mutating func word() -> String {
    let start = at
    skip { !Self.isBlank($0) && !";,=\"".utf8.contains($0) }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  /// The rest of a quoted string, its escapes undone.
  private mutating func quoted() -> String {
    var value: [UInt8] = []
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
      value.append(bytes[at])
      at += 1
    }
    at += 1
    return String(decoding: value, as: UTF8.self)
  }
}
