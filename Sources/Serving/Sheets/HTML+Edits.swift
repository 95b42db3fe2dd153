import Core
import Text

extension HTML {
  /// The edits of an article, newest first: of what kind each is, and what went and came.
  mutating func edits(of portrait: ArticlePortrait) {
    let steps = zip(portrait.history, portrait.history.dropFirst())
    element("ol", ["class": "edits"]) { html in
      for (before, after) in Array(steps).reversed() {
        guard let edit = after.edit else { continue }
        html.element("li") { $0.step(from: before.article, to: after.article, edit) }
      }
    }
  }

  private mutating func step(from old: Article, to new: Article, _ edit: Revision) {
    element("p", ["class": "kicker"]) { html in
      html.add("revision \(new.revision) · ")
      html.time(new.seen)
      for each in edit.classes { html.badge(each) }
      html.badge(edit.isDeclared ? "declared" : "stealth")
    }
    let texts = [
      (old.title, new.title), (old.summary ?? "", new.summary ?? ""), (old.text, new.text),
    ]
    for (before, after) in texts { difference(MarkedText(from: before, to: after)) }
  }

  /// What changed in a text, with some words around it.
  private mutating func difference(_ text: MarkedText) {
    guard !text.isSame else { return }
    element("p", ["class": "diff", "dir": "auto"]) { html in
      for (place, piece) in text.pieces.enumerated() {
        switch piece {
        case .same(let same):
          html.add(Self.shortened(same, atStart: place == 0, atEnd: place == text.pieces.count - 1))
        case .removed(let gone): html.element("del", [:], gone)
        case .added(let new): html.element("ins", [:], new)
        }
      }
    }
  }

  /// Characters of unchanged text that are shown beside a change.
  private static let margin = 80

  private static func shortened(_ text: String, atStart: Bool, atEnd: Bool) -> String {
    let head = atStart ? "" : String(text.prefix(margin))
    let tail = atEnd ? "" : String(text.suffix(margin))
    let isWhole = text.count <= head.count + tail.count
    return isWhole ? text : head + " … " + tail
  }
}
