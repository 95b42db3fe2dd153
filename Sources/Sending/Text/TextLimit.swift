/// How much of a text a receiver takes.
public enum TextLimit: Hashable, Sendable {
  case scalars(Int)
  case utf16(Int)
  case utf8(Int)

  /// `1000`, `utf16:4096` or `bytes:4096`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let count = parts.last.flatMap({ Int($0) }), (1...1_048_576).contains(count) else {
      return nil
    }
    switch (parts.count, parts[0]) {
    case (1, _): self = .scalars(count)
    case (2, "utf16"): self = .utf16(count)
    case (2, "bytes"): self = .utf8(count)
    default: return nil
    }
  }

  var count: Int {
    switch self {
    case .scalars(let count), .utf16(let count), .utf8(let count): count
    }
  }

  /// The length of `text` in the limit's units.
  func length(_ text: String) -> Int {
    switch self {
    case .scalars: text.unicodeScalars.count
    case .utf16: text.utf16.count
    case .utf8: text.utf8.count
    }
  }
}
