/// What a request says it is for.
enum HostName {
  /// Whether `host`, a Host field (RFC 9110 §7.2), can only mean this machine or an address.
  ///
  /// A page of the web may have its own name resolve to 127.0.0.1 and then read what is served there
  /// (DNS rebinding); the browser still sends that name. An address cannot be rebound.
  static func isLocal(_ host: String) -> Bool {
    if host.hasPrefix("[") { return true }
    let name = host.prefix { $0 != ":" }.lowercased()
    return name == "localhost" || !name.isEmpty && name.allSatisfy { "0123456789.".contains($0) }
  }
}
