import Core
import Curl

/// An address of the web, as a configuration gives it.
enum WebAddress {
  /// The address, as it is written; nil where it is none, which is told.
  static func read(_ node: ConfigNode, _ reader: inout ConfigReader) -> String? {
    guard let text = reader.text(node) else { return nil }
    let lower = text.lowercased()
    let isSafe = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } && text.utf8.count <= 8_192
    let rest = lower.hasPrefix("https://") ? lower.dropFirst(8) : lower.dropFirst(7)
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://"), isSafe, !rest.isEmpty,
      rest.first != "/", (try? HTTPAddress(text)) != nil
    else {
      let fix = "write an http:// or https:// address"
      reader.fault(node.place, "'\(text)' is no address of a feed", fix: fix)
      return nil
    }
    return text
  }
}
