import Text

/// Title, id, address, people, categories and publisher of an entry.
extension EntryReader {
  var title: String? {
    for spaces in [Namespace.Choice.plain, .dc, .media, .itunes] {
      for element in all(spaces, .title) {
        if let title = text.title(element, isAtom: isAtom) { return title }
      }
    }
    for index in parts.indices where parts[index].name == .news {
      if let title = child(index, .title) { return PlainText.title(html: title).nonEmpty }
    }
    return nil
  }

  var id: String? {
    value(own(.guid), inAddress: true) ?? value(own(.id), inAddress: true)
      ?? (text.attribute("rdf:about", of: entry, isAddress: true)
      ?? text.attribute("about", of: entry))?.nonEmpty
      ?? value(own(.loc), inAddress: true)
  }

  // MARK: Address

  func url(id: String?) -> String? {
    let original = value(all(.init(.feedburner), .origLink), inAddress: true)
    if let link = absolute(original) ?? alternate ?? written { return link }
    if let link = absolute(text.attribute("href", of: entry, isAddress: true)) { return link }
    guard let id, Address.isWeb(id), id.utf8.count <= ParseLimits.address else { return nil }
    for guid in own(.guid) {
      return text.says("false", "ispermalink", of: guid) ? nil : id
    }
    return id
  }

  /// The first alternate link, one to a page before others.
  private var alternate: String? {
    var other: Element?
    for link in own(.link) where text.range("href", of: link) != nil {
      if text.range("rel", of: link) != nil, !text.says("alternate", "rel", of: link) { continue }
      if text.type(of: link).map(\.isHTML) ?? true { return href(link) }
      other = other ?? link
    }
    return other.flatMap(href)
  }

  private func href(_ link: Element) -> String? {
    absolute(text.attribute("href", of: link, isAddress: true), at: link)
  }

  /// The first link that stands as text, one to the web before others.
  private var written: String? {
    var other: String?
    for link in own(.link) where text.range("href", of: link) == nil {
      guard let address = absolute(text.value(link, inAddress: true), at: link) else { continue }
      if Address.isWeb(address) { return address }
      other = other ?? address
    }
    return other
  }

  // MARK: People

  var authors: [String] {
    var names: [String] = []
    for index in parts.indices where parts[index].name == .author && parts[index].parent == nil {
      guard parts[index].space.isPlain, names.count < ParseLimits.looked else { continue }
      let (name, mail) = (child(index, .name), child(index, .email))
      if name != nil || mail != nil {
        names.append(Self.person(name, mail))
      } else if let text = text.value(parts[index]) {
        names.append(Person.display(text))
      }
    }
    for creator in all(.dc, .creator) where names.count < ParseLimits.looked {
      if let name = text.value(creator) { names.append(Person.display(name)) }
    }
    if names.isEmpty { names = all(.itunes, .author).compactMap { text.value($0) } }
    if names.isEmpty {
      names = all(.media, .credit).filter(isAuthor).compactMap { text.value($0) }
    }
    if names.isEmpty, !isAtom { names = all(.dc, .author).compactMap { text.value($0) } }
    return names.map(PlainText.oneLine).distinct
  }

  private func isAuthor(_ credit: Element) -> Bool {
    text.says("author", "role", of: credit)
  }

  private static func person(_ name: String?, _ mail: String?) -> String {
    guard let name else { return mail ?? "" }
    return mail.map { "\(name) <\($0)>" } ?? name
  }

  // MARK: The rest

  var categories: [String] {
    var names: [String] = []
    for spaces in [Namespace.Choice.plain, .itunes, .media] {
      for category in all(spaces, .category) where names.count < ParseLimits.looked {
        names += terms(category)
      }
    }
    for index in parts.indices where parts[index].name == .category && parts[index].parent != nil {
      if let term = text.attribute("text", of: parts[index]) { names.append(term) }
    }
    names += all(.dc, .subject).compactMap { text.value($0) }
    for keywords in all([.plain, .itunes, .media], .keywords, .tags) {
      names += words(text.value(keywords))
    }
    for index in parts.indices where parts[index].name == .news {
      names += words(child(index, .keywords))
    }
    let clean = names.map {
      PlainText.title(html: $0.first(bytes: 16 * ParseLimits.name))
    }
    return clean.distinct
  }

  private func terms(_ category: Element) -> [String] {
    if let term = text.attribute("term", of: category) {
      return [term] + [text.attribute("label", of: category)].compactMap(\.self)
    }
    return [text.value(category), text.attribute("text", of: category)].compactMap(\.self)
  }

  private func words(_ text: String?) -> [String] {
    text?.split(separator: ",").map(String.init) ?? []
  }

  var language: String? {
    let given = scopes[entry.scope].language ?? value(all(.dc, .language)) ?? newsPart(.language)
    return given?.replacing("_", with: "-")
  }

  var publisher: String? {
    for index in parts.indices where parts[index].name == .source && parts[index].parent == nil {
      guard parts[index].space.isPlain else { continue }
      if let name = child(index, .title) ?? text.value(parts[index]) {
        return PlainText.title(html: name).nonEmpty
      }
    }
    return (newsPart(.name) ?? value(all(.dc, .publisher))).map(PlainText.oneLine)
  }

  /// What `news:publication` of a news sitemap says.
  private func newsPart(_ name: ElementName) -> String? {
    for index in parts.indices where parts[index].name == .publication {
      if let value = child(index, name) { return value }
    }
    return nil
  }
}

extension [String] {
  /// Without what is empty or stands before.
  var distinct: [String] {
    var seen: Set<String> = []
    return count < 2 ? filter { !$0.isEmpty } : filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}
