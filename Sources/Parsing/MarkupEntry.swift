import Core
import FoundationEssentials
import Text

/// Reads one item or entry: of several elements that could say a thing, the first that is not empty wins.
final class MarkupEntry {
  let tree: Tree
  let node: Node
  let isAtom: Bool
  let base: String?
  /// What was wrong, and at which byte.
  private(set) var warnings: [(place: Int, what: String)] = []

  init(tree: Tree, node: Node, isAtom: Bool, base: String?) {
    (self.tree, self.node, self.isAtom, self.base) = (tree, node, isAtom, base)
  }

  func read() -> ParsedEntry {
    var entry = ParsedEntry()
    entry.base = node.base ?? base
    entry.id = id
    entry.title = title
    entry.url = url(id: entry.id)
    entry.authors = authors
    readDates(&entry)
    readBody(&entry)
    entry.categories = categories
    entry.language = language
    entry.enclosures = enclosures
    entry.image = image
    entry.publisher = publisher
    return entry
  }

  // MARK: Finding

  private func all(_ spaces: [Node.Space], _ names: String...) -> [Node] {
    node.children.map { tree.nodes[$0] }.filter {
      spaces.contains($0.space) && names.contains($0.name)
    }
  }

  private func own(_ names: String...) -> [Node] {
    node.children.map { tree.nodes[$0] }.filter {
      $0.space.isPlain && names.contains($0.name)
    }
  }

  private func text(_ nodes: [Node], inAddress: Bool = false) -> String? {
    nodes.lazy.compactMap { self.tree.text(of: $0, inAddress: inAddress).trimmed.nonEmpty }.first
  }

  private func absolute(_ address: String?, _ at: Node? = nil) -> String? {
    address.flatMap { Address.link($0, against: at?.base ?? node.base ?? base) }
  }

  // MARK: Title and names

  /// The text of a title: HTML in RSS, by its type in Atom.
  static func title(_ node: Node, _ tree: Tree, isAtom: Bool) -> String? {
    let type = tree.attribute("type", of: node)?.lowercased() ?? "text"
    var source = tree.html(of: node)
    let isPacked = tree.attribute("mode", of: node) == "base64" || (isAtom && isBinary(type))
    let unpacked = isPacked ? Base64.text(source) : nil
    source = unpacked ?? source
    let isHTML =
      !isAtom || unpacked != nil || type.contains("html") || !node.children.isEmpty
      || looksLikeHTML(source)
    let text = isHTML ? PlainText.title(html: source) : PlainText.oneLine(source)
    return String(text.unicodeScalars.prefix(ParseLimits.title)).nonEmpty
  }

  /// Atom's text is HTML after all where an end tag or a closed reference shows it.
  private static func looksLikeHTML(_ text: String) -> Bool {
    if text.contains("</") { return true }
    guard let mark = text.firstIndex(of: "&") else { return false }
    return CharacterReference.decode(Array(text[mark...].utf8)) != text[mark...]
  }

  private var title: String? {
    let nodes =
      own("title") + all([.dc], "title") + all([.media], "title") + all([.itunes], "title")
    return nodes.lazy.compactMap { Self.title($0, self.tree, isAtom: self.isAtom) }.first
  }

  private var id: String? {
    let about = tree.attribute("rdf:about", of: node) ?? tree.attribute("about", of: node)
    return text(own("guid"), inAddress: true) ?? text(own("id"), inAddress: true)
      ?? about?.nonEmpty
  }

  // MARK: Address

  private func url(id: String?) -> String? {
    let original = text(all([.feedburner], "origlink"), inAddress: true)
    if let link = absolute(original) ?? alternate { return link }
    let written = own("link").filter { tree.attribute("href", of: $0) == nil }.compactMap {
      absolute(tree.text(of: $0, inAddress: true), $0)
    }
    if let link = written.first(where: Address.isWeb) ?? written.first { return link }
    if let link = absolute(tree.attribute("href", of: node)) { return link }
    guard let id, Address.isWeb(id) else { return nil }
    guard let guid = own("guid").first else { return id }
    return tree.attribute("ispermalink", of: guid)?.lowercased() == "false" ? nil : id
  }

  /// The first alternate link, one to a page before others.
  private var alternate: String? {
    let links = own("link").filter { link in
      let rel = tree.attribute("rel", of: link)?.lowercased() ?? "alternate"
      return tree.attribute("href", of: link) != nil && rel == "alternate"
    }
    let page = links.first { tree.attribute("type", of: $0)?.lowercased().contains("html") ?? true }
    guard let link = page ?? links.first else { return nil }
    return absolute(tree.attribute("href", of: link), link)
  }

  // MARK: People

  private var authors: [String] {
    var names: [String] = []
    for author in own("author").prefix(ParseLimits.authors) {
      let name = child(author, "name")
      let mail = child(author, "email")
      if name != nil || mail != nil {
        names.append(Self.person(name, mail))
      } else if let text = tree.text(of: author).trimmed.nonEmpty {
        names.append(Person.display(text))
      }
    }
    names += all([.dc], "creator").prefix(ParseLimits.authors).compactMap {
      tree.text(of: $0).trimmed.nonEmpty
    }.map(
      Person.display)
    if names.isEmpty {
      names += all([.itunes], "author").compactMap { tree.text(of: $0).trimmed.nonEmpty }
    }
    if names.isEmpty, !isAtom {
      names += all([.dc], "author").compactMap { tree.text(of: $0).trimmed.nonEmpty }
    }
    var seen: Set<String> = []
    return names.map(PlainText.oneLine).filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  private func child(_ parent: Node, _ name: String) -> String? {
    parent.children.map { tree.nodes[$0] }.first { $0.name == name }.flatMap {
      tree.text(of: $0).trimmed.nonEmpty
    }
  }

  private static func person(_ name: String?, _ mail: String?) -> String {
    guard let name else { return mail ?? "" }
    return mail.map { "\(name) <\($0)>" } ?? name
  }

  // MARK: Dates

  private func readDates(_ entry: inout ParsedEntry) {
    let published =
      own("published", "issued", "created") + own("pubdate") + all([.dcterms], "issued", "created")
    entry.published = date(published)
    let isDated = entry.published != nil
    if !isDated { entry.published = date(all([.dc], "date")) }
    entry.updated = date(own("updated", "modified") + all([.dcterms], "modified") + own("lastmod"))
    if entry.updated == nil, isDated { entry.updated = date(all([.dc], "date")) }
    if entry.updated == nil {
      entry.updated = tree.attribute("lastmod", of: node).flatMap(FeedDate.date)
    }
  }

  private func date(_ nodes: [Node]) -> Date? {
    for node in nodes {
      guard let text = tree.text(of: node).trimmed.nonEmpty else { continue }
      if let date = FeedDate.date(text) { return date }
      warnings.append((node.inner.lowerBound, "no date: \(text.prefix(60))"))
    }
    return nil
  }

  // MARK: Body

  private func readBody(_ entry: inout ParsedEntry) {
    let summaries =
      own("description", "summary") + all([.itunes], "summary", "subtitle")
      + all([.media], "description")
      + all([.dc], "description") + own("abstract")
    let contents =
      all([.content], "encoded") + own("content") + all([.xhtml], "body") + own("body", "fullitem")
    entry.summary = summaries.lazy.compactMap(body).first
    entry.content = contents.lazy.compactMap(body).first
    if entry.content == nil {
      let plain = own("description", "summary").compactMap(body)
      if plain.count > 1 { entry.content = plain[1] }
    }
  }

  /// The HTML of a body, by the type Atom gives it.
  private func body(_ node: Node) -> String? {
    let type = tree.attribute("type", of: node)?.lowercased() ?? ""
    let mode = tree.attribute("mode", of: node)?.lowercased()
    var html = tree.html(of: node)
    if mode == "base64" || (isAtom && Self.isBinary(type)), let text = Base64.text(html) {
      html = CharacterReference.decode(text.utf8)
    } else if isAtom, ["", "text", "text/plain"].contains(type), mode != "escaped",
      node.children.isEmpty, !Self.looksLikeHTML(html)
    {
      html = html.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
    if type == "xhtml" || type == "application/xhtml+xml" { html = Self.withoutPrefixes(html) }
    return html.trimmed.nonEmpty
  }

  private static func isBinary(_ type: String) -> Bool {
    type.contains("/") && !type.hasPrefix("text/") && !type.hasSuffix("xml")
      && !type.hasSuffix("+xml")
      && type != "application/xhtml"
  }

  /// `<x:div>` is `<div>`: prefixes say nothing inside XHTML.
  private static func withoutPrefixes(_ html: String) -> String {
    var output: [UInt8] = []
    let bytes = Array(html.utf8)
    var place = 0
    while place < bytes.count {
      output.append(bytes[place])
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      if bytes[place] == UInt8(ascii: "<"), next != UInt8(ascii: "!"), next != UInt8(ascii: "?") {
        var start = place + 1
        if start < bytes.count, bytes[start] == UInt8(ascii: "/") {
          output.append(bytes[start])
          start += 1
        }
        let name = bytes[start...].prefix {
          $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
        }
        let local = name.firstIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        output += local
        place = name.endIndex
      } else {
        place += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  // MARK: The rest

  private var categories: [String] {
    var names: [String] = []
    let categories = own("category") + all([.itunes], "category") + all([.media], "category")
    for category in categories.prefix(ParseLimits.looked) {
      if let term = tree.attribute("term", of: category) {
        names.append(term)
        names += [tree.attribute("label", of: category)].compactMap { $0 }
      } else {
        names.append(tree.text(of: category))
        names += [tree.attribute("text", of: category)].compactMap { $0 }
        names += category.children.compactMap { tree.attribute("text", of: tree.nodes[$0]) }
      }
    }
    names += all([.dc], "subject").map { tree.text(of: $0) }
    for keywords in all([.itunes, .media], "keywords") {
      names += tree.text(of: keywords).split(separator: ",").map(String.init)
    }
    var seen: Set<String> = []
    let clean = names.map {
      String(PlainText.oneLine(PlainText.title(html: $0)).prefix(ParseLimits.name))
    }
    return Array(
      clean.filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(ParseLimits.perEntry))
  }

  private var language: String? {
    let given = node.language ?? text(all([.dc], "language"))
    return given?.replacing("_", with: "-")
  }

  private var enclosures: [ParsedEnclosure] {
    var found: [ParsedEnclosure] = []
    for item in own("enclosure") { found += enclosure(item, "url") }
    for link in own("link") where tree.attribute("rel", of: link)?.lowercased() == "enclosure" {
      found += enclosure(link, "href")
    }
    for content in own("content") where tree.attribute("src", of: content) != nil {
      found += enclosure(content, "src")
    }
    if found.isEmpty {
      for media in mediaContents where !isImage(media) { found += enclosure(media, "url") }
    }
    var seen: Set<String> = []
    return Array(found.filter { seen.insert($0.url).inserted }.prefix(ParseLimits.perEntry))
  }

  private func enclosure(_ item: Node, _ attribute: String) -> [ParsedEnclosure] {
    guard let url = absolute(tree.attribute(attribute, of: item), item) else { return [] }
    let length = (tree.attribute("length", of: item) ?? tree.attribute("filesize", of: item))
      .flatMap { Int($0) }
    return [
      ParsedEnclosure(url: url, type: tree.attribute("type", of: item)?.nonEmpty, length: length)
    ]
  }

  /// `media:content` of the entry and of its groups.
  private var mediaContents: [Node] {
    all([.media], "content")
      + all([.media], "group").flatMap { group in
        group.children.map { tree.nodes[$0] }.filter { $0.space == .media && $0.name == "content" }
      }
  }

  private func isImage(_ media: Node) -> Bool {
    let type = tree.attribute("type", of: media) ?? tree.attribute("medium", of: media) ?? ""
    return type.hasPrefix("image")
  }

  private var image: String? {
    let candidates =
      all([.media], "thumbnail").map { tree.attribute("url", of: $0) }
      + mediaContents.filter(isImage).map { tree.attribute("url", of: $0) }
      + all([.itunes], "image").map { tree.attribute("href", of: $0) }
    return candidates.lazy.compactMap { self.absolute($0) }.first
  }

  private var publisher: String? {
    for source in own("source") {
      let name = child(source, "title") ?? tree.text(of: source).trimmed.nonEmpty
      if let name { return PlainText.title(html: name).nonEmpty }
    }
    return text(all([.dc], "publisher")).map(PlainText.oneLine)
  }
}
