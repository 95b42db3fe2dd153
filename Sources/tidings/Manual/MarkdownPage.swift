/// A page of the manual from a document in the Markdown that this project writes: headings, paragraphs, code,
/// tables and `words to be typed`.
struct MarkdownPage {
  private var roff: Roff
  private var paragraph: [String] = []
  private var code: [String] = []
  private var isFenced = false
  /// The head of the table that is being read.
  private var columns: [String]?

  /// The page `name` of `section`, with the document's first heading as its line in an index.
  static func text(_ document: String, name: String, section: Int) -> String {
    var page = MarkdownPage(roff: Roff(name, section: section))
    page.roff.heading("Name")
    for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
      page.take(String(line), name)
    }
    page.finish()
    return page.roff.text
  }

  private mutating func take(_ line: String, _ name: String) {
    if line.hasPrefix("```") {
      finish()
      isFenced.toggle()
    } else if isFenced || line.hasPrefix("    ") {
      if code.isEmpty { finishParagraph() }
      code.append(isFenced ? line : String(line.dropFirst(4)))
    } else if line.hasPrefix("|") {
      row(line)
    } else if line.isEmpty {
      finish()
    } else {
      words(line, name)
    }
  }

  private mutating func words(_ line: String, _ name: String) {
    let level = line.prefix { $0 == "#" }.count
    guard level > 0 else { return paragraph.append(line) }
    finish()
    let title = String(line.dropFirst(level + 1))
    switch level {
    case 1:
      roff.paragraph([.plain("\(name) - \(title.prefix(1).lowercased() + title.dropFirst())")])
      roff.heading("Description")
    case 2: roff.heading(title)
    default: roff.subheading(title)
    }
  }

  /// A row tells of its first cell; the others go by the names of their columns.
  private mutating func row(_ line: String) {
    finishParagraph()
    let cells = line.split(separator: "|").map { $0.trimmed }
    guard let columns else { return columns = cells }
    guard !cells.allSatisfy({ $0.allSatisfy { $0 == "-" } }) else { return }
    let rest = zip(columns, cells).dropFirst().map { column, cell in
      columns.count > 2 ? "\(column): \(cell)" : cell
    }
    roff.entry(Self.spans(cells.first ?? ""), Self.spans(rest.joined(separator: "; ")))
  }

  private mutating func finish() {
    finishParagraph()
    if !code.isEmpty { roff.code(code) }
    (code, columns) = ([], nil)
  }

  private mutating func finishParagraph() {
    guard !paragraph.isEmpty else { return }
    roff.paragraph(Self.spans(paragraph.joined(separator: " ")))
    paragraph = []
  }

  /// Words between backticks are to be typed.
  private static func spans(_ text: String) -> [Roff.Span] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, words in
      index.isMultiple(of: 2) ? .plain(String(words)) : .literal(String(words))
    }
  }
}

extension Substring {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
