internal import Glibc

/// Which network addresses a request may reach.
///
/// A publisher chooses names and redirects; without this, a feed could make us ask the machine's
/// own services or a cloud's metadata address. The check sees the address that is connected to, so
/// no spelling and no change of a name's address goes round it.
public enum AddressGuard {
  /// Whether an address, 4 or 16 bytes in network order, may be connected to.
  ///
  /// `allowingPrivate` opens private and loopback addresses, `allowingLinkLocal` those where clouds keep
  /// credentials. Multicast stays refused, and so does anything of another length.
  public static func allows(
    _ bytes: [UInt8], allowingPrivate: Bool, allowingLinkLocal: Bool = false
  ) -> Bool {
    if allowingLinkLocal, isLinkLocal(bytes) { return true }
    return switch bytes.count {
    case 4: allowsV4(bytes, allowingPrivate)
    case 16: allowsV6(bytes, allowingPrivate)
    default: false
    }
  }

  /// Whether an address, as text, may be connected to; text that is no address is refused.
  public static func allows(
    _ text: String, allowingPrivate: Bool, allowingLinkLocal: Bool = false
  ) -> Bool {
    bytes(of: text).map {
      allows($0, allowingPrivate: allowingPrivate, allowingLinkLocal: allowingLinkLocal)
    } ?? false
  }

  /// Whether a host may be asked for through a proxy, which looks its name up where we cannot see it.
  static func allowsName(_ host: String, _ request: HTTPRequest) -> Bool {
    if bytes(of: host) != nil {
      return allows(host, allowingPrivate: request.allowsPrivateNetwork)
    }
    return request.allowsPrivateNetwork || !(host == "localhost" || host.hasSuffix(".localhost"))
  }

  /// The bytes of an IP literal, with or without brackets and zone; `nil` for a name.
  public static func bytes(of text: String) -> [UInt8]? {
    var literal = text[...]
    if literal.first == "[", literal.last == "]" { literal = literal.dropFirst().dropLast() }
    if let zone = literal.firstIndex(of: "%") { literal = literal[..<zone] }
    return read(String(literal), AF_INET, 4) ?? read(String(literal), AF_INET6, 16)
  }

  private static func read(_ text: String, _ family: Int32, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return unsafe inet_pton(family, text, &bytes) == 1 ? bytes : nil
  }
}

extension AddressGuard {
  private struct Block {
    var bytes: [UInt8]
    var bits: Int

    func contains(_ address: [UInt8]) -> Bool {
      (0..<bits).allSatisfy { bit in
        let mask = UInt8(0x80) >> UInt8(bit % 8)
        return (address[bit / 8] ^ (bit / 8 < bytes.count ? bytes[bit / 8] : 0)) & mask == 0
      }
    }
  }

  private static func allowsV4(_ address: [UInt8], _ allowingPrivate: Bool) -> Bool {
    if neverV4.contains(where: { $0.contains(address) }) { return false }
    return allowingPrivate || !privateV4.contains { $0.contains(address) }
  }

  private static func allowsV6(_ address: [UInt8], _ allowingPrivate: Bool) -> Bool {
    if let inner = embeddedV4(address) { return allowsV4(inner, allowingPrivate) }
    if neverV6.contains(where: { $0.contains(address) }) { return false }
    return allowingPrivate || !privateV6.contains { $0.contains(address) }
  }

  /// The IPv4 address that mapped (RFC 4291), NAT64 (RFC 6052) and 6to4 (RFC 3056) forms carry.
  private static func embeddedV4(_ address: [UInt8]) -> [UInt8]? {
    if mapped.contains(address) || nat64.contains(address) { return Array(address[12...]) }
    return sixToFour.contains(address) ? Array(address[2..<6]) : nil
  }

  private static let mapped = Block(
    bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], bits: 96)
  private static let nat64 = Block(bytes: [0, 0x64, 0xff, 0x9b], bits: 96)
  private static let sixToFour = Block(bytes: [0x20, 0x02], bits: 16)

  private static func isLinkLocal(_ address: [UInt8]) -> Bool {
    switch address.count {
    case 4: linkLocalV4.contains(address)
    case 16: linkLocalV6.contains { $0.contains(address) }
    default: false
    }
  }

  private static let linkLocalV4 = Block(bytes: [169, 254], bits: 16)

  /// At fd00:ec2::254 Amazon's machines ask for their credentials.
  private static let linkLocalV6 = [
    Block(bytes: [0xfe, 0x80], bits: 10),
    Block(bytes: [0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54], bits: 128),
  ]

  /// Link-local, multicast and reserved space.
  private static let neverV4 = [linkLocalV4, Block(bytes: [224], bits: 3)]

  /// This host, private use, shared space, loopback, protocol assignments, benchmarking (RFC 6890).
  private static let privateV4 = [
    Block(bytes: [0], bits: 8), Block(bytes: [10], bits: 8), Block(bytes: [100, 64], bits: 10),
    Block(bytes: [127], bits: 8), Block(bytes: [172, 16], bits: 12),
    Block(bytes: [192, 0, 0], bits: 24), Block(bytes: [192, 168], bits: 16),
    Block(bytes: [198, 18], bits: 15),
  ]

  /// Beside them what no judgement of the address can clear.
  ///
  /// In local translation prefixes (RFC 8215) the place of the IPv4 address is the network's choice.
  private static let neverV6 =
    linkLocalV6 + [
      Block(bytes: [0xff], bits: 8), Block(bytes: [0, 0x64, 0xff, 0x9b, 0, 1], bits: 48),
    ]

  /// Unspecified, loopback, unique local (RFC 4193).
  private static let privateV6 = [
    Block(bytes: [], bits: 128),
    Block(bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], bits: 128),
    Block(bytes: [0xfc], bits: 7),
  ]
}
