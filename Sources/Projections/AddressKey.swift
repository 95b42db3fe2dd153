/// What two addresses of one article have in common.
///
/// Another scheme, `www.`, a tracking parameter, a fragment or a last slash makes no other article.
/// The key is compared, never shown or asked.
public enum AddressKey {
  public static func of(_ url: String) -> String {
    var rest = Substring(url)
    for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
    }
    let beforeFragment = rest.prefix { $0 != "#" }
    let parts = beforeFragment.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts.first ?? ""
    let slash = path.firstIndex(of: "/") ?? path.endIndex
    var host = path[..<slash].lowercased()
    for prefix in ["www.", "m.", "mobile.", "amp."] where host.hasPrefix(prefix) {
      host.removeFirst(prefix.count)
      break
    }
    if host.hasSuffix(":80") {
      host.removeLast(3)
    } else if host.hasSuffix(":443") {
      host.removeLast(4)
    }
    var key = host + path[slash...]
    while key.hasSuffix("/") { key.removeLast() }
    let query = parts.count > 1 ? parts[1].split(separator: "&").filter(isMeant).sorted() : []
    return query.isEmpty ? key : key + "?" + query.joined(separator: "&")
  }

  /// Whether a parameter says which page is meant, not how somebody came to it.
  private static func isMeant(_ parameter: Substring) -> Bool {
    let name = parameter.prefix { $0 != "=" }.lowercased()
    return !prefixes.contains { name.hasPrefix($0) } && !names.contains(name)
  }

  private static let prefixes = [
    "utm_", "ns_", "pk_", "piwik_", "matomo_", "at_custom", "oly_", "vero_",
  ]
  private static let names: Set<String> = [
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid",
    "igshid",
    "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "ocid", "cmp", "cmpid", "ito", "ncid", "icid",
    "smid", "xtor", "wt_mc", "at_medium", "at_campaign", "spm", "guccounter", "sref",
    "traffic_source", "amp",
  ]
}
