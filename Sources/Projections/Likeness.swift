import Core
import FoundationEssentials
import Text

/// How much two articles have in common.
enum Likeness {
  /// Whether two articles at one address are one: not, if they share less than a fifth of their words.
  static func isSame(_ a: Article, _ b: Article) -> Bool {
    share(a.title + "\n" + a.text, b.title + "\n" + b.text) >= 0.2
  }

  /// Whether an entry that has the id of `old` is another article all the same.
  ///
  /// Feeds there are whose entries all have one id. An edit of everything at once, address and title and
  /// text, is so rare that it may well count as news; where the address stays, a later date must speak
  /// for it, and hardly a word may be left.
  static func isAnother(_ new: Article, than old: Article) -> Bool {
    guard old.contentHash != new.contentHash else { return false }
    let addresses = (old.url.map(AddressKey.of), new.url.map(AddressKey.of))
    if let before = addresses.0, let after = addresses.1, before != after {
      return differ(old, new, beyond: 0.5)
    }
    guard old.dateSource == .feed, new.dateSource == .feed, let before = old.published,
      let after = new.published, after.timeIntervalSince(before) > 600
    else { return false }
    return differ(old, new, beyond: 0.2)
  }

  /// Whether both titles and texts share less than that; where no text is, titles decide.
  private static func differ(_ old: Article, _ new: Article, beyond share: Double) -> Bool {
    self.share(old.title, new.title) < share
      && (old.text.isEmpty || new.text.isEmpty || self.share(old.text, new.text) < share)
  }

  /// Whether two articles begin alike, on one day as far as both name one.
  static func isCopy(_ a: Article, _ b: Article) -> Bool {
    let days = [a, b].compactMap { article in
      article.dateSource == .feed
        ? article.published.map { ($0.timeIntervalSince1970 / 86_400).rounded(.down) } : nil
    }
    guard Set(days).count <= 1 else { return false }
    return ContentKey.of(title: a.title, text: a.text)
      == ContentKey.of(title: b.title, text: b.text)
  }

  /// The share of words in common, of those of the text that has fewer; 1 where one has none.
  private static func share(_ a: String, _ b: String) -> Double {
    let (first, second) = (Set(Words(a).words.map(\.hash)), Set(Words(b).words.map(\.hash)))
    guard !first.isEmpty, !second.isEmpty else { return 1 }
    return Double(first.intersection(second).count) / Double(min(first.count, second.count))
  }
}
