import Core
import Text

/// An edit as lines for people: of what kind it is, and both states of what changed.
enum EditLines {
  /// What the log says of the step to a revision.
  static func summary(_ edit: Revision) -> String {
    var line = "edited \(edit.changed.joined(separator: ", "))"
    if !edit.classes.isEmpty { line += "  (\(edit.classes.joined(separator: ", ")))" }
    line += edit.isDeclared ? "  declared" : "  stealth"
    if let count = edit.passedOver { line += "  \(count) states in between not kept" }
    return SafeText.line(line)
  }

  /// The lines of a text that changed, with marks; one `…` for any number of lines that did not.
  static func lines(from old: String, to new: String, inColor: Bool) -> [String] {
    let marked = MarkedText(from: old, to: new)
    guard !marked.isSame else { return [] }
    var lines: [(text: String, isMarked: Bool)] = [("", false)]
    for piece in marked.pieces {
      for (index, part) in parts(of: piece).enumerated() {
        if index > 0 { lines.append(("", false)) }
        guard !part.isEmpty else { continue }
        lines[lines.count - 1].text += show(part, as: piece, inColor)
        if case .same = piece { continue }
        lines[lines.count - 1].isMarked = true
      }
    }
    return shortened(lines.filter { !$0.text.isEmpty })
  }

  private static func parts(of piece: MarkedText.Piece) -> [String] {
    let text =
      switch piece {
      case .same(let text), .removed(let text), .added(let text): text
      }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func show(_ text: String, as piece: MarkedText.Piece, _ inColor: Bool) -> String {
    let text = SafeText.line(text)
    return switch piece {
    case .same: text
    case .removed: inColor ? "\u{1b}[31;9m\(text)\u{1b}[0m" : "[-\(text)-]"
    case .added: inColor ? "\u{1b}[32m\(text)\u{1b}[0m" : "{+\(text)+}"
    }
  }

  private static func shortened(_ lines: [(text: String, isMarked: Bool)]) -> [String] {
    var shown: [String] = []
    for line in lines {
      if line.isMarked {
        shown.append(line.text)
      } else if shown.last != "…" {
        shown.append("…")
      }
    }
    return shown
  }
}
