import Core

/// A feed as a line of the configuration, for people to paste.
struct FeedLine {
  var name: String
  var url: String
  var tags: [String] = []
  var privateNetwork = false

  /// `- {name: wire, url: "https://…"}`, as it stands under `feeds:`.
  var text: String {
    var line = "  - {name: \(name), url: \(Self.quoted(url))"
    if privateNetwork { line += ", private_network: true" }
    if !tags.isEmpty { line += ", tags: [\(tags.map(Self.quoted).joined(separator: ", "))]" }
    return line + "}"
  }

  /// A text of YAML in double quotes, which are those of JSON.
  private static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// A name for the feed at `url` that is not among `taken`: what its host is called.
  static func name(for url: String, not taken: inout Set<String>) -> String {
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    let host = rest.prefix { !"/:?#".contains($0) }.lowercased()
    let labels = host.split(separator: ".").drop { ["www", "feeds", "feed", "rss"].contains($0) }
    let plain = (labels.first.map(String.init) ?? "feed").filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
    }
    let base = plain.isEmpty ? "feed" : String(plain.prefix(60))
    var name = base
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }
}
