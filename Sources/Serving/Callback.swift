/// What answers at addresses that only one other knows, under whatever name this machine has for him.
///
/// Such an address ends in a token of 64 hexadecimal digits. A page of the web cannot guess it, so the
/// names that the page is guarded by do not matter here; a proxy in front passes requests on as it likes.
public struct Callback: Sendable {
  /// Bytes of a request's body; of a longer one nothing is taken.
  public static let bodyLimit = 8 << 20

  let knows: @Sendable (String) async -> Bool
  let respond: Server.Respond

  /// Creates a callback that answers by `respond`, whose questions hold their bodies; with a token that nobody `knows` they
  /// are not read.
  public init(
    knows: @escaping @Sendable (String) async -> Bool, respond: @escaping Server.Respond
  ) {
    (self.knows, self.respond) = (knows, respond)
  }

  /// The token that `path` ends in; nil for an address of the page.
  public static func token(in path: String) -> String? {
    let last = path.utf8.suffix(while: { $0 != UInt8(ascii: "/") })
    let isToken = last.count == 64 && last.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    return isToken ? String(last) : nil
  }
}

extension BidirectionalCollection {
  fileprivate func suffix(while isTaken: (Element) -> Bool) -> SubSequence {
    self[(lastIndex { !isTaken($0) }.map { index(after: $0) } ?? startIndex)...]
  }
}
