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
    if found.isEmpty {
      for media in mediaContents where !isImage(media) { add(media, "url", to: &found) }
    }
    guard found.count > 1 else { return found }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.url).inserted }
  }

  private func add(_ item: Element, _ attribute: StaticString, to found: inout [ParsedEnclosure]) {
    guard found.count < ParseLimits.looked,
      let url = absolute(text.attribute(attribute, of: item, isAddress: true), at: item)
    else { return }
    let length = text.attribute("length", of: item) ?? text.attribute("filesize", of: item)
    found.append(
      ParsedEnclosure(
        url: url, type: text.attribute("type", of: item)?.nonEmpty,
        length: length.flatMap { Int($0) }
      ))
  }

  /// `media:content` of the entry and of its groups.
  private var mediaContents: [Element] {
    Array(all(.media, .content))
      + parts.filter { part in
        part.name == .content && part.space == .media
          && (part.parent.map { parts[$0].name == .group } ?? false)
      }
  }

  private func isImage(_ media: Element) -> Bool {
    let type = text.attribute("type", of: media) ?? text.attribute("medium", of: media) ?? ""
    return type.hasPrefix("image")
  }

  var image: String? {
    for thumbnail in all(.media, .thumbnail) {
      if let url = address("url", of: thumbnail) { return url }
    }
    for media in mediaContents where isImage(media) {
      if let url = address("url", of: media) { return url }
    }
    for image in all(.itunes, .image) {
      if let url = address("href", of: image) { return url }
    }
    for index in parts.indices where parts[index].space == .image && parts[index].name == .image {
      if let url = absolute(child(index, .loc)) { return url }
    }
    return nil
  }

  private func address(_ attribute: StaticString, of element: Element) -> String? {
    absolute(text.attribute(attribute, of: element, isAddress: true))
  }
}
