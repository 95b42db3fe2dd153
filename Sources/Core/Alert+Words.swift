extension Alert {
  /// The article's title; the rule's name where there is none, for no message may be empty.
  public var title: String {
    guard let title = article?.title, !title.isEmpty else { return rule }
    return title
  }

  /// The title with what made the rule fire marked.
  public var markedTitle: Passage {
    Passage(title, marking: title == article?.title ? spans(in: "title") : [])
  }

  /// Where in a field the clauses held.
  public func spans(in field: String) -> [Range<Int>] {
    why.compactMap { clause in
      guard clause.field == field, let start = clause.start, let end = clause.end, start < end
      else { return nil }
      return start..<end
    }
  }

  /// What held, each clause with what was found for it; untrusted, for each sink escapes for itself.
  public var reasons: String {
    let parts = why.prefix(6).map { clause in
      let place = clause.field.map { " in \($0)" } ?? ""
      let text = clause.text.map { " \"\($0)\"" } ?? ""
      return clause.clause + text + place
    }
    let before = held.cooldown > 0 ? "; \(held.cooldown) held by cooldown before" : ""
    return parts.joined(separator: ", ") + before
  }
}
