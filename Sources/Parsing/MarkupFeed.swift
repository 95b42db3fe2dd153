import Core
import FoundationEssentials
import Text

/// Reads RSS of every age, RDF, Atom and CDF from a tree.
struct MarkupFeed {
  let tree: Tree
  let root: Int
  let base: String?
  private var feed: ParsedFeed
  private var isAtom = false
  /// Whether a link gave the home; until then an id stands in for it.
  private var hasLink = false

  init(tree: Tree, root: Int, base: String?) {
    (self.tree, self.root, self.base) = (tree, root, base)
    feed = ParsedFeed(format: "", base: base)
  }

  mutating func read() -> ParsedFeed {
    let top = tree.nodes[root]
    feed.format = format(top)
    isAtom = top.name == "feed" || top.name == "entry"
    let channels = tree.nodes[root].children.filter { tree.nodes[$0].name == "channel" }
    let head = isAtom || top.name == "channel" ? [root] : channels.isEmpty ? [root] : channels
    for index in head { readHead(tree.nodes[index]) }
    let entries = entryNodes
    for (count, index) in entries.enumerated() {
      guard count < ParseLimits.entries else {
        feed.warnings.append(
          "\(entries.count - count) entries beyond \(ParseLimits.entries) left out")
        break
      }
      let reader = MarkupEntry(
        tree: tree, node: tree.nodes[index], isAtom: isAtom, base: base ?? feed.home)
      feed.entries.append(reader.read())
      for (place, what) in reader.warnings where feed.warnings.count < ParseLimits.warnings {
        feed.warnings.append("line \(tree.line(of: place)): \(what)")
      }
    }
    noteDamage()
    return feed
  }

  /// Items stand in the channel, after it, or directly under the root.
  private var entryNodes: [Int] {
    if tree.nodes[root].name == "entry" { return [root] }
    let names: Set<String> = isAtom ? ["entry"] : ["item", "entry"]
    return tree.nodes.indices.filter {
      $0 > root && names.contains(tree.nodes[$0].name) && isEntry($0)
    }
  }

  /// An item that only lists others (`rdf:li`, podcast items in an image) is none.
  private func isEntry(_ index: Int) -> Bool {
    let node = tree.nodes[index]
    return node.space != .media && node.space != .itunes && node.space != .podcast
      && node.space != .other
  }

  private func format(_ top: Node) -> String {
    switch top.name {
    case "rdf": return text(top, "channel") != nil && usesNetscape(top) ? "rss090" : "rss1"
    case "feed", "entry":
      let version = tree.attribute("version", of: top)
      let namespace = tree.attribute("xmlns", of: top)?.lowercased() ?? ""
      return version == "0.3" || namespace.contains("purl.org/atom") ? "atom03" : "atom10"
    case "channel": return tree.attribute("rdf:about", of: top) == nil ? "cdf" : "rss1"
    default:
      switch tree.attribute("version", of: top) {
      case "0.90": return "rss090"
      case "0.91": return "rss091"
      case "0.92", "0.93", "0.94": return "rss092"
      default: return "rss2"
      }
    }
  }

  private func usesNetscape(_ top: Node) -> Bool {
    top.attributes.contains { attribute in
      tree.attribute(attribute.name, of: top)?.contains("netscape.com") ?? false
    }
  }

  private func text(_ node: Node, _ name: String) -> String? {
    node.children.first { tree.nodes[$0].name == name }.map { tree.text(of: tree.nodes[$0]) }
  }

  private mutating func noteDamage() {
    if let place = tree.firstRepair {
      feed.warnings.append("line \(tree.line(of: place)): markup is not closed")
    }
    // What stands open before or behind the feed, as junk does, says nothing of it.
    if tree.unclosed.contains(root) {
      feed.isTruncated = true
      feed.warnings.append("line \(tree.line(of: tree.bytes.count)): the document ends early")
    }
  }

  // MARK: What the feed says of itself

  private mutating func readHead(_ channel: Node) {
    feed.language = feed.language ?? channel.language
    var dates: [String: Date] = [:]
    var spareTitle: String?
    for index in channel.children {
      let node = tree.nodes[index]
      switch (node.space, node.name) {
      case (.none, "title"), (.rss, "title"), (.atom, "title"):
        feed.title = feed.title ?? MarkupEntry.title(node, tree, isAtom: isAtom)
      case (.dc, "title"): spareTitle = spareTitle ?? MarkupEntry.title(node, tree, isAtom: false)
      case (.none, "link"), (.rss, "link"), (.atom, "link"): readLink(node)
      case (.none, "description"), (.rss, "description"), (.none, "subtitle"), (.atom, "subtitle"),
        (.none, "tagline"), (.atom, "tagline"), (.none, "abstract"):
        feed.description =
          feed.description ?? PlainText.oneLine(PlainText(html: tree.html(of: node)).text).nonEmpty
      case (.none, "language"), (.rss, "language"), (.dc, "language"):
        let code = PlainText.oneLine(tree.text(of: node)).replacing("_", with: "-").nonEmpty
        feed.language = feed.language ?? code
      case (.none, "ttl"): feed.ttlMinutes = Int(PlainText.oneLine(tree.text(of: node)))
      case (_, "updated"), (_, "modified"), (_, "lastbuilddate"), (_, "pubdate"), (_, "date"):
        dates[node.name] = FeedDate.date(tree.text(of: node))
      case (.none, "id"), (.atom, "id"):
        let id = tree.text(of: node, inAddress: true).trimmed
        if isAtom, feed.home == nil, Address.isWeb(id) { feed.home = id }
      default: break
      }
    }
    feed.title = feed.title ?? spareTitle
    let order = ["updated", "modified", "lastbuilddate", "pubdate", "date"]
    feed.updated = feed.updated ?? order.lazy.compactMap { dates[$0] }.first
  }

  private mutating func readLink(_ node: Node) {
    let rel = tree.attribute("rel", of: node)?.lowercased()
    let own = node.base ?? base
    guard let href = tree.attribute("href", of: node) else {
      let text = tree.text(of: node, inAddress: true).trimmed
      if feed.home == nil, !text.isEmpty { feed.home = Address.link(text, against: own) }
      return
    }
    let address = Address.link(href, against: own)
    switch rel {
    case "self": feed.selfAddress = feed.selfAddress ?? address
    case "hub": feed.hub = feed.hub ?? address
    case nil, "alternate":
      if !hasLink { feed.home = address ?? feed.home }
      hasLink = true
    default: break
    }
  }
}
