import Core
import FoundationEssentials
import Text

/// What an edit changed, compared after folding: case, accents and punctuation are no news.
enum Edit {
  /// The names of the fields that differ.
  static func changed(from old: Article, to new: Article) -> [String] {
    var changed: [String] = []
    if differs(old.title, new.title) { changed.append("title") }
    if differs(old.text, new.text) { changed.append("text") }
    if differs(old.summary ?? "", new.summary ?? "") { changed.append("summary") }
    if differs(old.authors.joined(separator: "\n"), new.authors.joined(separator: "\n")) {
      changed.append("authors")
    }
    if hasMoved(old, new) { changed.append("published") }
    if old.url.map(AddressKey.of) != new.url.map(AddressKey.of) { changed.append("url") }
    if old.enclosures.map(\.url) != new.enclosures.map(\.url) { changed.append("enclosures") }
    return changed
  }

  /// The classes that follow from the fields alone.
  static func classes(_ changed: [String]) -> [String] {
    var classes: [String] = []
    if changed.contains("title") { classes.append("headline") }
    if changed.contains("published") { classes.append("date_shifted") }
    return classes
  }

  private static func differs(_ old: String, _ new: String) -> Bool {
    old != new && Words(old).words.map(\.hash) != Words(new).words.map(\.hash)
  }

  /// A date counts as moved beyond ten minutes, and only one that the feed itself gave.
  private static func hasMoved(_ old: Article, _ new: Article) -> Bool {
    guard let before = old.published, let after = new.published, old.dateSource == .feed,
      new.dateSource == .feed
    else { return false }
    return abs(after.timeIntervalSince(before)) > 600
  }
}
