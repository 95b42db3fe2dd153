public import Curl

/// What politeness counts by: a registrable domain, or a host and port where there is none.
///
/// Not an IP address: networks that carry many publishers put strangers on one.
public struct SiteKey: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Whether the host is a private address or has a name that only local networks know.
  public let isPrivate: Bool

  /// The site that `address` belongs to.
  public init(_ address: HTTPAddress) {
    let host = address.host.hasSuffix(".") ? String(address.host.dropLast()) : address.host
    let isLiteral = AddressGuard.bytes(of: host) != nil
    isPrivate =
      isLiteral ? !AddressGuard.allows(host, allowingPrivate: false) : Self.isLocal(host)
    description =
      isLiteral || isPrivate ? "\(host):\(address.port)" : Self.registrableDomain(host)
  }

  /// Whether two addresses are of one site; `false` where either is none.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    guard let one = try? HTTPAddress(one), let other = try? HTTPAddress(other) else { return false }
    return SiteKey(one) == SiteKey(other)
  }

  private static func isLocal(_ host: String) -> Bool {
    guard host.contains(".") else { return true }
    return [".localhost", ".local", ".lan", ".internal", ".home.arpa", ".intranet"]
      .contains { host.hasSuffix($0) }
  }

  /// One label more than registries keep, by the machine's list of them, else by a guess.
  private static func registrableDomain(_ host: String) -> String {
    let labels = host.split(separator: ".")
    let suffix = PublicSuffixes.ofMachine?.suffixLength(labels) ?? guessedSuffixLength(labels)
    return labels.suffix(suffix + 1).joined(separator: ".")
  }

  /// One label, or two where registries sell the second one below a country.
  static func guessedSuffixLength(_ labels: [Substring]) -> Int {
    guard labels.count > 2, let country = labels.last, country.count == 2 else { return 1 }
    return secondLevels.contains(String(labels[labels.count - 2])) ? 2 : 1
  }

  private static let secondLevels: Set<String> = [
    "ac", "biz", "co", "com", "desa", "edu", "gob", "gov", "go", "gouv", "govt", "info", "ltd",
    "me", "mil", "my", "ne", "net", "nhs", "nom", "or", "org", "plc", "police", "ponpes", "sch",
    "school", "web",
  ]
}
