/// HTML of which only what reads is left: no script, no style, no handler, no form.
///
/// An allow-list of elements, attributes and schemes; the output is written anew, hence well-formed.
public struct Sanitised {
  public private(set) var html: String

  /// Turns an address as written into an absolute one; nil drops it.
  public typealias Resolve = (String) -> String?

  public init(html source: String, resolve: Resolve = { $0 }) {
    var writer = SanitisedWriter(bytes: Array(source.utf8))
    html = writer.run(resolve)
  }

  /// `text` with what is markup in HTML and XML, quotes included, as references.
  public static func escaped(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}

private struct SanitisedWriter {
  let bytes: [UInt8]
  private var output = ""
  private var open: [String] = []
  /// The same elements as bits.
  private var openBits: [UInt64] = []
  private var dropped: [String] = []

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func run(_ resolve: Sanitised.Resolve) -> String {
    var scanner = MarkupScanner(bytes, .html)
    while let token = scanner.next() {
      switch token {
      case .text(let range):
        if dropped.isEmpty { output += Sanitised.escaped(CharacterReference.decode(bytes[range])) }
      case .cdata(let range):
        let text = CharacterReference.withoutControls(bytes[range])
        if dropped.isEmpty { output += Sanitised.escaped(text) }
      case .start(let name, let attributes, let isEmpty):
        start(PlainText.name(bytes[name]), attributes, isEmpty, resolve)
      case .end(let name): end(PlainText.name(bytes[name]))
      }
    }
    close(from: 0)
    return output
  }

  private mutating func start(
    _ tag: String, _ attributes: [MarkupScanner.Attribute], _ isEmpty: Bool,
    _ resolve: Sanitised.Resolve
  ) {
    let isVoid = HTMLNames.void.contains(tag)
    if HTMLNames.dropped.contains(tag) {
      if !isEmpty, !isVoid, dropped.count < 256 { dropped.append(tag) }
      return
    }
    guard dropped.isEmpty, HTMLNames.kept.contains(tag) else { return }
    let bit = ImpliedEnd.bit(of: tag)
    if let place = ImpliedEnd.place(before: bit, in: openBits) { close(from: place) }
    guard open.count < 256 else { return }
    output += "<\(tag)"
    var seen: Set<String> = []
    for attribute in attributes {
      let name = PlainText.name(bytes[attribute.name])
      guard HTMLNames.attributes.contains(name), seen.insert(name).inserted,
        name != "type" || HTMLNames.media.contains(tag),
        let value = value(of: attribute, name, resolve)
      else { continue }
      output += " \(name)=\"\(Sanitised.escaped(value))\""
    }
    output += ">"
    if isVoid { return }
    if isEmpty {
      output += "</\(tag)>"
    } else {
      open.append(tag)
      openBits.append(bit)
    }
  }

  private func value(
    of attribute: MarkupScanner.Attribute, _ name: String, _ resolve: Sanitised.Resolve
  ) -> String? {
    let isAddress = name == "srcset" || HTMLNames.addresses.contains(name)
    let text = CharacterReference.decode(bytes[attribute.value], inAddress: isAddress)
    if name == "srcset" { return sources(text, resolve) }
    return isAddress ? address(text, name, resolve) : text
  }

  private func address(
    _ text: String, _ attribute: String, _ resolve: Sanitised.Resolve
  ) -> String? {
    // What resolving made of it is what counts: it may take off the blank that hid a scheme.
    guard let address = resolve(text), Self.isSafe(text, attribute),
      Self.isSafe(address, attribute)
    else { return nil }
    return address
  }

  private static func isSafe(_ address: String, _ attribute: String) -> Bool {
    let span = address.utf8Span.span
    if ByteSearch.begins(span, "https://") || ByteSearch.begins(span, "http://") { return true }
    // Controls and blanks inside a scheme are ways to hide it.
    let bare = String(
      address.unicodeScalars.filter { $0.value > 0x20 && !$0.properties.isWhitespace })
    guard let colon = bare.unicodeScalars.firstIndex(of: ":") else { return true }
    let scheme = bare[..<colon].lowercased()
    // A sign of a path before the colon: it belongs to the path.
    if scheme.contains(where: { "/?#".contains($0) }) { return true }
    if ["http", "https", "mailto", "tel", "ftp"].contains(scheme) { return true }
    let isImage = attribute != "href" && attribute != "cite"
    return isImage && bare.lowercased().hasPrefix("data:image/") && bare.utf8.count <= 4_096
  }

  /// The candidates of a `srcset`, read as HTML does: commas may stand inside an address.
  private func sources(_ text: String, _ resolve: Sanitised.Resolve) -> String? {
    var parts: [String] = []
    var rest = text[...]
    while parts.count < 100 {
      rest = rest.drop { $0.isWhitespace || $0 == "," }
      guard !rest.isEmpty else { break }
      var address = rest.prefix { !$0.isWhitespace }
      rest = rest[address.endIndex...]
      var descriptor = ""[...]
      if address.last == "," {
        while address.last == "," { address.removeLast() }
      } else {
        descriptor = rest.prefix { $0 != "," }
        rest = rest[descriptor.endIndex...]
      }
      guard let safe = self.address(String(address), "srcset", resolve) else { continue }
      let words = [Substring(safe)] + descriptor.split { $0.isWhitespace }
      parts.append(words.joined(separator: " "))
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private mutating func end(_ tag: String) {
    if let last = dropped.lastIndex(of: tag) {
      dropped.removeSubrange(last...)
      return
    }
    let bit = ImpliedEnd.bit(of: tag)
    guard dropped.isEmpty, bit != 0, let last = openBits.lastIndex(of: bit) else { return }
    close(from: last)
  }

  private mutating func close(from place: Int) {
    for name in open[place...].reversed() { output += "</\(name)>" }
    open.removeSubrange(place...)
    openBits.removeSubrange(place...)
  }
}

extension String {
  fileprivate init(_ scalars: [Unicode.Scalar]) {
    self.init(String.UnicodeScalarView(scalars))
  }
}
