import Core
import Curl
import Fetching

/// How a feed is asked, as far as its operator says, with secrets by name.
struct FeedAccess: Hashable, Sendable {
  static let keys = [
    "min_interval", "max_interval", "weight", "headers", "user", "password_file", "token_file",
    "proxy", "user_agent", "tls", "ca_file", "max_bytes", "delta", "older_entries", "verify_gone",
    "full_text",
  ]

  /// What stands in the configuration itself.
  var options = PollOptions()
  var user: String?
  var password: Secret?
  var token: Secret?

  var secrets: [Secret] { [password, token].compactMap(\.self) }

  /// The whole, its secrets read.
  ///
  /// - Throws: what is wrong with a secret.
  func resolved() throws(Fault) -> PollOptions {
    var options = options
    if let user, let password {
      options.credentials = .basic(user: user, password: try password.read())
    } else if let token {
      options.credentials = .bearer(token: try token.read())
    }
    return options
  }
}

extension FeedAccess {
  /// Takes an entry of a feed.
  mutating func take(_ entry: ConfigNode.Entry, _ reader: inout ConfigReader) {
    let node = entry.value
    switch entry.key {
    case "min_interval": options.shortestInterval = reader.duration(node, least: .seconds(60))
    case "max_interval": options.longestInterval = reader.duration(node, least: .seconds(60))
    case "weight": options.weight = Double(reader.integer(node, in: 1...100) ?? 1)
    case "headers": takeHeaders(node, &reader)
    case "user": user = line(node, &reader)
    case "password_file": password = secret(node, &reader)
    case "token_file": token = secret(node, &reader)
    case "proxy": takeProxy(node, &reader)
    case "user_agent": options.userAgent = line(node, &reader)
    case "tls": takeTLS(node, &reader)
    case "ca_file": options.authorities = AuthorityFile.path(node, &reader)
    case "max_bytes": takeLimit(node, &reader)
    case "older_entries": options.olderEntries = WebAddress.read(node, &reader)
    case "full_text": options.readsPages = reader.bool(node) ?? false
    case "verify_gone": options.verifiesGone = reader.bool(node) ?? false
    default: options.takesDeltas = reader.bool(node) ?? false
    }
  }

  /// Tells what does not go together.
  func check(_ feed: Feed, _ node: ConfigNode, _ reader: inout ConfigReader) {
    let place = { (key: String) in node[key]?.place ?? node.place }
    if let low = options.shortestInterval, let high = options.longestInterval, low > high {
      reader.fault(
        place("max_interval"), "max_interval is shorter than min_interval", fix: "swap them")
    }
    if (user == nil) != (password == nil) {
      let fix = "give both user and password_file, or neither"
      reader.fault(place(user == nil ? "password_file" : "user"), "half a login", fix: fix)
    }
    if token != nil, user != nil {
      reader.fault(place("token_file"), "two logins", fix: "keep user or token_file")
    }
    if !secrets.isEmpty, feed.url.lowercased().hasPrefix("http:"), !feed.privateNetwork {
      let fix = "write https://, or private_network: true if it is yours"
      reader.fault(place("url"), "a login would be sent without encryption", fix: fix)
    }
  }

  private mutating func takeHeaders(_ node: ConfigNode, _ reader: inout ConfigReader) {
    guard let entries = node.entries, entries.count <= 32 else {
      return reader.fault(node.place, "no map of headers", fix: "write `{Name: value}`, 32 at most")
    }
    for entry in entries {
      guard isToken(entry.key), !Self.ours.contains(entry.key.lowercased()) else {
        let fix = "leave it out; conditions, encodings and logins are set by their own means"
        reader.fault(entry.keyPlace, "'\(entry.key)' is no header to be set here", fix: fix)
        continue
      }
      guard let value = line(entry.value, &reader) else { continue }
      options.headers.append(PollOptions.Field(entry.key, value))
    }
  }

  /// Fields that the fetcher answers for.
  private static let ours: Set<String> = [
    "host", "if-none-match", "if-modified-since", "accept-encoding", "authorization", "cookie",
    "user-agent", "content-length", "transfer-encoding", "connection", "range", "a-im", "accept",
    "referer",
  ]

  private func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
  }

  /// A text that may go into a header field.
  private func line(_ node: ConfigNode, _ reader: inout ConfigReader) -> String? {
    guard let text = reader.text(node) else { return nil }
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), text.utf8.count <= 4_096 else {
      reader.fault(node.place, "a value with control characters, or too long", fix: "shorten it")
      return nil
    }
    return text
  }

  private func secret(_ node: ConfigNode, _ reader: inout ConfigReader) -> Secret? {
    reader.text(node).map { Secret(file: $0, place: node.place) }
  }

  private mutating func takeProxy(_ node: ConfigNode, _ reader: inout ConfigReader) {
    guard let text = reader.text(node) else { return }
    // libcurl's own reader knows socks5h; ours reads what stands behind it.
    let plain = text.replacing("socks5h://", with: "http://", maxReplacements: 1)
    guard text.hasPrefix("http://") || text.hasPrefix("socks5h://"),
      let address = try? HTTPAddress(plain), address.display == address.text
    else {
      let fix = "write http://host:port or socks5h://host:port"
      return reader.fault(node.place, "'\(text)' is no proxy", fix: fix)
    }
    options.proxy = text
  }

  private mutating func takeTLS(_ node: ConfigNode, _ reader: inout ConfigReader) {
    guard node.text == "insecure" else {
      let fix = "write insecure, or leave it out"
      return reader.fault(node.place, "'\(node.text ?? node.kind)' is no way of TLS", fix: fix)
    }
    options.isInsecure = true
  }

  private mutating func takeLimit(_ node: ConfigNode, _ reader: inout ConfigReader) {
    guard let bytes = reader.size(node) else { return }
    guard bytes <= 32 << 20 else {
      return reader.fault(node.place, "over 32M, which nobody reads", fix: "write 32M or less")
    }
    options.bodyLimit = bytes
  }
}
