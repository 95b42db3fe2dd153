import Curl

/// What politeness counts by: the registrable domain, which one publisher holds.
///
/// Not the IP address, for networks of caches put strangers on one.
public struct SiteKey: Hashable, Comparable, Sendable {
  public var rawValue: String
  /// Whether it lies on a private network or this machine: no publisher is troubled there.
  public var isPrivate: Bool

  /// The site of an address; of one that cannot be read, the text itself.
  public init(_ url: String, isPrivate: Bool) {
    self.isPrivate = isPrivate
    guard let address = try? HTTPAddress(url) else {
      rawValue = url
      return
    }
    let host = address.host
    let isLiteral =
      host.contains(":") || host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
    rawValue = isPrivate || isLiteral ? "\(host):\(address.port)" : Self.registrable(host)
  }

  /// The last two labels, or three where the second is one that registries sell under.
  private static func registrable(_ host: String) -> String {
    let labels = host.lowercased().split(separator: ".").map(String.init)
    guard labels.count > 2 else { return labels.joined(separator: ".") }
    let isSecond = labels[labels.count - 1].count == 2 && seconds.contains(labels[labels.count - 2])
    return labels.suffix(isSecond ? 3 : 2).joined(separator: ".")
  }

  public static func < (a: SiteKey, b: SiteKey) -> Bool { a.rawValue < b.rawValue }

  /// Second levels under which country registries sell names.
  private static let seconds: Set<String> = [
    "ac", "biz", "co", "com", "desa", "edu", "gob", "gov", "go", "gouv", "id", "info", "mil", "my",
    "ne",
    "net", "nic", "nom", "or", "org", "ponpes", "sch", "web",
  ]
}
