import Text

/// Why a term cannot be looked for.
struct TermFault: Error, Hashable {
  var what: String
  var fix: String
  var code: String
}

extension Query.Term {
  /// The phrase to look for, with its marks read.
  func phrase() throws(TermFault) -> Phrase {
    guard !text.contains("?") || isExact else {
      throw TermFault(what: "? is no mark", fix: "write word*", code: "E110")
    }
    if isExact { return try exactPhrase() }
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }
    var parts: [Phrase.Part] = []
    for word in words { parts += try self.parts(of: String(word)) }
    guard parts.contains(where: { $0 != .any }) else { throw nothingLeft }
    return Phrase(parts: parts)
  }

  private func exactPhrase() throws(TermFault) -> Phrase {
    if text.contains("~") || text.contains("*") {
      throw TermFault(what: "= together with ~ or *", fix: "choose one", code: "E107")
    }
    guard let phrase = Phrase(text, isExact: true) else { throw nothingLeft }
    return phrase
  }

  private func parts(of word: String) throws(TermFault) -> [Phrase.Part] {
    if word == "*" { return [.any] }
    if let mark = word.lastIndex(of: "~") {
      return [try forms(of: String(word[..<mark]), String(word[word.index(after: mark)...]))]
    }
    let isPrefix = word.hasSuffix("*")
    let isInfix = isPrefix && word.hasPrefix("*")
    let core = String(word.dropFirst(isInfix ? 1 : 0).dropLast(isPrefix ? 1 : 0))
    guard let phrase = Phrase(core) else { return [] }
    guard isPrefix, let last = phrase.parts.last else {
      if word.hasPrefix("*") {
        throw TermFault(
          what: "* only before a word", fix: "write *\(core)* or \(core)*", code: "E110")
      }
      return phrase.parts
    }
    return phrase.parts.dropLast() + [try open(last, isInfix: isInfix)]
  }

  private func open(_ part: Phrase.Part, isInfix: Bool) throws(TermFault) -> Phrase.Part {
    guard case .word(let text) = part else { return part }
    let least = isInfix ? 4 : 3
    // A character of Han or Hangul says as much as several letters, and takes three bytes.
    guard text.unicodeScalars.count >= least || text.utf8.count >= 6 else {
      throw TermFault(
        what: "fewer than \(least) letters before *", fix: "lengthen it", code: "E110")
    }
    return isInfix ? .infix(text) : .prefix(text)
  }

  private func forms(of base: String, _ language: String) throws(TermFault) -> Phrase.Part {
    let words = Words(base)
    guard words.words.count == 1 else { throw nothingLeft }
    guard let forms = Affixes.forms(of: words.text(of: words.words[0]), in: language) else {
      throw TermFault(what: "no affix table for '\(language)'", fix: "write \(base)*", code: "E111")
    }
    return .forms(forms)
  }

  private var nothingLeft: TermFault {
    TermFault(what: "nothing is left after folding", fix: "write letters or digits", code: "E108")
  }
}
