import Core
import FoundationEssentials
import Text

/// Reads one item or entry: of several elements that could say a thing, the first that is not empty wins.
///
/// The elements are ranges of bytes; a String is made of one only where it is kept.
struct EntryReader {
  let text: MarkupText
  let entry: Element
  /// The elements of the entry that a reader knows.
  let parts: [Element]
  let scopes: [Element.Scope]
  let isAtom: Bool
  /// What addresses are resolved against where neither the document nor its address gives a base.
  let home: String?
  /// What was wrong, and at which byte.
  private(set) var warnings: [(place: Int, what: String)] = []

  init(_ reader: MarkupReader, _ entry: Element, home: String?) {
    (text, self.entry, parts, scopes) = (reader.text, entry, reader.parts, reader.scopes.list)
    (isAtom, self.home) = (reader.root?.isAtom ?? false, home)
  }

  mutating func read() -> ParsedEntry {
    var parsed = ParsedEntry()
    parsed.base = scopes[entry.scope].base ?? home
    parsed.id = id
    parsed.title = title
    parsed.url = url(id: parsed.id)
    parsed.authors = authors
    readDates(&parsed)
    readBody(&parsed)
    parsed.categories = categories
    parsed.language = language
    parsed.enclosures = enclosures
    parsed.image = image ?? parsed.imageOfBody(text.links, at: entry.inner.lowerBound)
    parsed.publisher = publisher
    return parsed
  }

  // MARK: Finding

  /// The children of the entry with one of up to four names in one of `spaces`, in document order.
  func all(
    _ spaces: Namespace.Choice, _ first: ElementName, _ second: ElementName? = nil,
    _ third: ElementName? = nil, _ fourth: ElementName? = nil
  ) -> ElementMatches {
    ElementMatches(
      list: parts, spaces: spaces, parent: nil,
      names: (first, second ?? first, third ?? first, fourth ?? first))
  }

  /// The children with a name of feeds themselves.
  func own(_ first: ElementName, _ second: ElementName? = nil, _ third: ElementName? = nil)
    -> ElementMatches
  {
    all(.plain, first, second, third)
  }

  /// The first child of an element that has parts, by its local name alone.
  func child(_ parent: Int, _ name: ElementName) -> String? {
    for index in children(of: parent) where parts[index].name == name {
      return text.value(parts[index])
    }
    return nil
  }

  /// The places of an element's children.
  ///
  /// They stand behind their parent and before its end, so that no other is looked at.
  func children(of parent: Int) -> some Sequence<Int> {
    let end = parts[parent].inner.upperBound
    return (parent + 1..<parts.count).lazy
      .prefix { parts[$0].inner.lowerBound <= end }
      .filter { parts[$0].parent == parent }
  }

  func value(_ matches: ElementMatches, inAddress: Bool = false) -> String? {
    for element in matches {
      if let value = text.value(element, inAddress: inAddress) { return value }
    }
    return nil
  }

  func absolute(_ address: String?, at element: Element? = nil) -> String? {
    guard let address else { return nil }
    let element = element ?? entry
    return text.links.link(
      address, against: scopes[element.scope].base ?? home, at: element.inner.lowerBound)
  }

  // MARK: Dates

  private mutating func readDates(_ parsed: inout ParsedEntry) {
    parsed.publishedAs =
      date(own(.published, .issued, .created)) ?? date(own(.pubDate), isW3C: false)
      ?? date(all(.dcterms, .issued, .created)) ?? date(all(.news, .publicationDate))
      ?? newsDate
    let isDated = parsed.publishedAs != nil
    if !isDated { parsed.publishedAs = date(all(.dc, .date)) }
    parsed.updatedAs =
      date(own(.updated, .modified)) ?? date(all(.dcterms, .modified)) ?? date(own(.lastmod))
    if parsed.updatedAs == nil, isDated { parsed.updatedAs = date(all(.dc, .date)) }
    if parsed.updatedAs == nil {
      parsed.updatedAs = text.attribute("lastmod", of: entry).flatMap { FeedDate($0) }
    }
  }

  private mutating func date(_ matches: ElementMatches, isW3C: Bool = true) -> FeedDate? {
    for element in matches {
      if let date = text.date(element) { return date }
      guard let written = text.value(element) else { continue }
      if let date = FeedDate(written, isW3C: isW3C) {
        warn(of: date, written, element)
        return date
      }
      warnings.append((element.inner.lowerBound, "no date: \(written.first(scalars: 60))"))
    }
    return nil
  }

  /// Warns of a word that stands where a zone should.
  private mutating func warn(of date: FeedDate, _ written: String, _ element: Element) {
    guard date.zone == .open, let word = FeedDate.unknownZone(in: written) else { return }
    let what = "unknown zone \(word.first(scalars: 60)), read as if it named none"
    warnings.append((element.inner.lowerBound, what))
  }

  /// The date of a news sitemap, which stands in `news:news`.
  private var newsDate: FeedDate? {
    for (index, part) in parts.enumerated() where part.name == .news && part.parent == nil {
      if let date = child(index, .publicationDate).flatMap({ FeedDate($0) }) { return date }
    }
    return nil
  }
}

/// The elements of a list that have one of up to four names in one of some vocabularies.
struct ElementMatches: Sequence, IteratorProtocol {
  let list: [Element]
  let spaces: Namespace.Choice
  let parent: Int?
  let names: (ElementName, ElementName, ElementName, ElementName)
  private(set) var index = -1

  init(
    list: [Element], spaces: Namespace.Choice, parent: Int?,
    names: (ElementName, ElementName, ElementName, ElementName)
  ) {
    (self.list, self.spaces, self.parent, self.names) = (list, spaces, parent, names)
  }

  mutating func next() -> Element? {
    while index + 1 < list.count {
      index += 1
      let name = list[index].name
      guard name == names.0 || name == names.1 || name == names.2 || name == names.3,
        list[index].parent == parent, spaces.contains(list[index].space)
      else { continue }
      return list[index]
    }
    return nil
  }
}
