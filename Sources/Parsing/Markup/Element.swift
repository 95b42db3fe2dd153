import Text

/// An element that a reader may want: what it is, and which bytes stand in it.
struct Element {
  /// What stands between the tags, elements inside aside.
  enum Inside {
    case nothing
    case text(Range<Int>)
    case cdata(Range<Int>)
    /// Several pieces, so that the inside is scanned again if it is wanted.
    case pieces
  }

  /// Where the base of addresses and the language are written that hold for an element.
  struct Scope: Hashable {
    var base: String?
    var language: String?
  }

  var name: ElementName
  var space: Namespace
  /// The place of the element around it in its list; nil for a child of the entry or the feed.
  var parent: Int?
  var attributes: [MarkupScanner.Attribute]
  /// The bytes between its tags.
  var inner: Range<Int>
  /// The place of its scope among those of the document.
  var scope: Int
  private(set) var inside = Inside.nothing
  /// Whether elements stand in it.
  var holdsElements = false

  /// Notes a piece of text; one that is blank alone says nothing.
  mutating func add(_ piece: Inside, isBlank: Bool) {
    if case .nothing = inside {
      if !isBlank { inside = piece }
    } else if !isBlank {
      inside = .pieces
    }
  }

  mutating func close(at place: Int) {
    inner = inner.lowerBound..<max(inner.lowerBound, place)
  }

  /// Whether its inside is read as elements: names in an author, media in a group.
  var hasParts: Bool {
    switch name {
    case .author, .source, .category: space.isPlain || name == .category
    case .group, .content: space == .media
    case .alternateEnclosure: space == .podcast
    case .news, .publication: space == .news
    case .image: space == .image
    default: false
    }
  }
}
