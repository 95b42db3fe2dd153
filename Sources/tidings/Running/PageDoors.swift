import Logging
import Serving

/// Where the page is served: at the sockets that were passed, else at the address that is configured.
struct PageDoors {
  let sockets: [InheritedSocket]
  /// Where it listens by itself; nil where it does not.
  let listen: String?
  /// What an operator should know of them, with the addresses it is about.
  let warnings: [(message: Logger.Message, address: String)]

  /// Sockets that were passed win over `page:`; none of both where there is to be no page.
  init(_ configuration: Configuration, passed: [InheritedSocket]) {
    guard let page = configuration.page, !passed.isEmpty else {
      (sockets, listen, warnings) = ([], configuration.page, [])
      return
    }
    (sockets, listen) = (passed, nil)
    warnings = Self.warnings(
      of: passed.map(\.address), page: page, hasToken: configuration.pageToken != nil)
  }

  /// What an operator should know of passed `addresses`; of the configured one the configuration warns by itself.
  static func warnings(
    of addresses: [ServerAddress], page: String, hasToken: Bool
  ) -> [(message: Logger.Message, address: String)] {
    var warnings: [(message: Logger.Message, address: String)] = []
    let configured = try? ServerAddress(page)
    if configured.map({ !addresses.contains($0) }) ?? true {
      warnings.append(("The page is where the socket unit says, not where `page` does", page))
    }
    for address in addresses
    where address.isBeyondThisMachine && !hasToken && address != configured {
      warnings.append(("The page is open to all who reach it; add page_token_file", "\(address)"))
    }
    return warnings
  }
}
