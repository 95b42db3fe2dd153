import Text

/// The parts of an address that others are resolved against (RFC 3986 §5.2.2).
struct AddressParts {
  /// With what parts it from the rest, as in `https://n.example`.
  private let origin: [UInt8]
  private let scheme: [UInt8]
  private let path: [UInt8]
  private let query: [UInt8]

  /// Nil for an address without an authority, at which nothing stands.
  init?(_ address: String) {
    var bytes = Array(address.utf8)
    guard let colon = Self.mark(in: bytes) else { return nil }
    for place in 0..<colon where (0x41...0x5A).contains(bytes[place]) { bytes[place] |= 0x20 }
    let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
    guard end > colon + 2 else { return nil }
    let rest = bytes[(colon + 3)..<max(end, colon + 3)]
    let slash =
      rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
    let mark = rest[slash...].firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
    (scheme, origin) = (Array(bytes[..<colon]), Array(bytes[..<slash]))
    path = slash == mark ? [UInt8(ascii: "/")] : Array(rest[slash..<mark])
    query = Array(rest[mark...])
  }

  /// Where `://` begins.
  private static func mark(in bytes: [UInt8]) -> Int? {
    var place = 0
    while true {
      place = ByteSearch.first(UInt8(ascii: ":"), in: bytes, from: place, to: bytes.count)
      guard place + 2 < bytes.count else { return nil }
      if bytes[place + 1] == UInt8(ascii: "/"), bytes[place + 2] == UInt8(ascii: "/") {
        return place
      }
      place += 1
    }
  }

  /// The absolute address of a reference that has no scheme and is not empty.
  func resolve(_ reference: [UInt8]) -> [UInt8] {
    if reference.starts(with: "//".utf8) { return scheme + [UInt8(ascii: ":")] + reference }
    switch reference[0] {
    case UInt8(ascii: "/"): return origin + Self.withoutDots(reference)
    case UInt8(ascii: "?"): return origin + path + reference
    case UInt8(ascii: "#"): return origin + path + query + reference
    default:
      let folder = path.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? [UInt8(ascii: "/")]
      return origin + Self.withoutDots(folder + reference)
    }
  }

  /// Takes `.` and `..` out of a path that begins with `/` (RFC 3986 §5.2.4).
  private static func withoutDots(_ path: [UInt8]) -> [UInt8] {
    guard holdsDots(path) else { return path }
    let mark = path.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? path.count
    var output: [UInt8] = []
    output.reserveCapacity(path.count)
    var place = 0
    while place < mark {
      let end = ByteSearch.first(UInt8(ascii: "/"), in: path, from: place + 1, to: mark)
      let segment = path[(place + 1)..<end]
      let isUp = segment.elementsEqual("..".utf8)
      if isUp { output.removeSubrange((output.lastIndex(of: UInt8(ascii: "/")) ?? 0)...) }
      if !isUp, !segment.elementsEqual(".".utf8) {
        output += path[place..<end]
      } else if end == mark {
        output.append(UInt8(ascii: "/"))
      }
      place = end
    }
    return output + path[mark...]
  }

  /// Whether any part of a path may be one of these, as few are.
  private static func holdsDots(_ path: [UInt8]) -> Bool {
    var place = 0
    while true {
      place = ByteSearch.first(UInt8(ascii: "."), in: path, from: place + 1, to: path.count)
      guard place < path.count else { return false }
      if path[place - 1] == UInt8(ascii: "/") { return true }
    }
  }
}
