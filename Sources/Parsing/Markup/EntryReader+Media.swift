/// The media of an entry: what is attached, and its image.
extension EntryReader {
  var enclosures: [ParsedEnclosure] {
    var found: [ParsedEnclosure] = []
    for item in own(.enclosure) { add(item, "url", to: &found) }
    for link in own(.link) where text.says("enclosure", "rel", of: link) {
      add(link, "href", to: &found)
    }
    for content in own(.content) where text.range("src", of: content) != nil {
      add(content, "src", to: &found)
    }
    for index in parts.indices where parts[index].name == .alternateEnclosure {
      addAlternate(index, to: &found)
    }
    if found.isEmpty {
      for media in all(of: .content) where !isImage(media) { add(media, "url", to: &found) }
    }
    guard found.count > 1 else { return found }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.url).inserted }
  }

  private func add(_ item: Element, _ attribute: StaticString, to found: inout [ParsedEnclosure]) {
    add(text.attribute(attribute, of: item, isAddress: true), of: item, to: &found)
  }

  private func add(_ address: String?, of item: Element, to found: inout [ParsedEnclosure]) {
    guard found.count < ParseLimits.looked, let url = absolute(address, at: item) else { return }
    let length = text.attribute("length", of: item) ?? text.attribute("filesize", of: item)
    found.append(
      ParsedEnclosure(
        url: url, type: text.attribute("type", of: item)?.nonEmpty,
        length: length.flatMap { Int($0) }
      ))
  }

  /// Adds a `podcast:alternateEnclosure`, by the first of its sources that is on the web.
  private func addAlternate(_ index: Int, to found: inout [ParsedEnclosure]) {
    guard parts[index].space == .podcast else { return }
    let addresses = children(of: index).lazy.filter { parts[$0].name == .source }
      .compactMap { text.attribute("uri", of: parts[$0], isAddress: true) }
    add(addresses.first(where: Address.isWeb), of: parts[index], to: &found)
  }

  /// Elements of Yahoo's media vocabulary: the entry's own, those of its groups and of their members.
  private func all(of name: ElementName) -> [Element] {
    parts.filter { part in
      part.name == name && part.space == .media
        && (part.parent.map { parts[$0].space == .media } ?? true)
    }
  }

  private func isImage(_ media: Element) -> Bool {
    let type = text.attribute("type", of: media) ?? text.attribute("medium", of: media) ?? ""
    return type.hasPrefix("image")
  }

  // MARK: Image

  /// The image that an element names; those in the text come after all these.
  var image: String? {
    if let url = widestThumbnail { return url }
    for media in all(of: .content) where isImage(media) {
      if let url = address("url", of: media) { return url }
    }
    for index in parts.indices where parts[index].space == .image && parts[index].name == .image {
      if let url = absolute(child(index, .loc)) { return url }
    }
    for image in all(.itunes, .image) {
      if let url = address("href", of: image) { return url }
    }
    return nil
  }

  /// The first of the widest; one that tells no width counts as narrow.
  private var widestThumbnail: String? {
    var widest: (width: Int, url: String)?
    for thumbnail in all(of: .thumbnail) {
      let width = text.attribute("width", of: thumbnail).flatMap { Int($0) } ?? 0
      guard width > widest?.width ?? -1, let url = address("url", of: thumbnail) else { continue }
      widest = (width, url)
    }
    return widest?.url
  }

  private func address(_ attribute: StaticString, of element: Element) -> String? {
    absolute(text.attribute(attribute, of: element, isAddress: true))
  }
}
