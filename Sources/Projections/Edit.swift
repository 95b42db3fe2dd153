import Core
import FoundationEssentials
import Text

/// The step from one state of an article to the next: what differs, and of what kind that is.
///
/// Case, accents, punctuation and how a number is written are no edit, nor is what changes by itself:
/// counters, relative times, ads, links to other articles, the query of an image's address.
struct Edit {
  /// The names of the fields that differ.
  private(set) var changed: [String] = []
  private(set) var classes: [EditClass] = []
  /// Whether the publisher says so: by a later date of change, or by a note.
  let isDeclared: Bool

  /// Nil where nothing differs that counts; `reader` tells which entities are named.
  init?(from old: Article, to new: Article, reader: ArticleReader? = nil) {
    let title = TextEdit(from: old.title, to: new.title)
    let text = TextEdit(from: old.text, to: new.text)
    let summary = TextEdit(from: old.summary ?? "", to: new.summary ?? "")
    isDeclared = Self.hasLaterDate(old, new) || CorrectionNote.appears(in: new, after: old)
    changed = Self.names([
      ("title", title != nil), ("text", text != nil), ("summary", summary != nil),
      ("authors", Self.differ(old.authors, new.authors)), ("published", Self.hasMoved(old, new)),
      ("url", old.url.map(AddressKey.of) != new.url.map(AddressKey.of)),
      ("image", Self.path(old.image) != Self.path(new.image)),
      (
        "enclosures",
        old.enclosures.map { AddressKey.of($0.url) } != new.enclosures.map { AddressKey.of($0.url) }
      ),
    ])
    guard !changed.isEmpty else { return nil }
    let reading = EditReading(
      title: title, text: text, summary: summary, entities: Self.entities(old, new, reader))
    classes = reading.classes(
      dateShifted: changed.contains("published"), isRetracted: CorrectionNote.retracts(new, text))
    // A later date of change alone is no edit, yet belongs to one.
    if old.updated != new.updated { changed.append("updated") }
  }

  /// The same without one field; nil if nothing else is left.
  func without(_ field: String) -> Edit? {
    var edit = self
    edit.changed.removeAll { $0 == field }
    return edit.changed.allSatisfy { $0 == "updated" } ? nil : edit
  }

  private static func entities(
    _ old: Article, _ new: Article, _ reader: ArticleReader?
  ) -> (added: Bool, removed: Bool) {
    guard let reader else { return (false, false) }
    let before = Set(reader(old, nil).mentions.map(\.entity))
    let after = Set(reader(new, nil).mentions.map(\.entity))
    return (!after.isSubset(of: before), !before.isSubset(of: after))
  }

  private static func names(_ fields: [(String, Bool)]) -> [String] {
    fields.filter(\.1).map(\.0)
  }

  private static func differ(_ old: [String], _ new: [String]) -> Bool {
    old != new && old.map { Words($0).joined } != new.map { Words($0).joined }
  }

  /// A date counts as moved beyond ten minutes, and only one that the feed itself gave.
  private static func hasMoved(_ old: Article, _ new: Article) -> Bool {
    guard let before = old.published, let after = new.published, old.dateSource == .feed,
      new.dateSource == .feed
    else { return false }
    return abs(after.timeIntervalSince(before)) > 600
  }

  private static func hasLaterDate(_ old: Article, _ new: Article) -> Bool {
    new.updated.map { updated in old.updated.map { updated > $0 } ?? true } ?? false
  }

  /// The query of an image tells its size, or who asks for it.
  private static func path(_ image: String?) -> String? {
    image.map { AddressKey.of(String($0.prefix { $0 != "?" })) }
  }
}
