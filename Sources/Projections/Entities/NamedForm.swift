import Text

/// One way in which an article writes an entity.
struct NamedForm {
  /// Entities that lists and models find in one article that are kept: those that it is about.
  static let limit = 40
  /// Bytes of a name that is kept as written; a longer one is none.
  private static let longest = 120

  /// Where it stands first.
  let first: Reading.Mention
  /// As written, with single blanks.
  let text: String
  /// Whether the operator's words gave it.
  let isConfigured: Bool
  private(set) var mentions = 0

  /// The id that the reader of the article gives.
  var said: String { first.entity }
  /// What the entity is called, as far as the reader knows.
  var name: String { first.name.isEmpty ? text : first.name }
  /// By its folded words, so that case and accents make no other alias.
  var key: Int64 { Self.key(of: text) }

  static func key(of text: String) -> Int64 { TitleKey.of(folded: Words(text).joined) }

  var source: EntityTables.Source {
    if isConfigured { return .operator }
    return first.via.hasPrefix("alias") || first.via == "skeleton" ? .list : .found
  }

  private init(_ mention: Reading.Mention, isConfigured: Bool) {
    (first, self.isConfigured) = (mention, isConfigured)
    text = mention.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The forms that an article writes: the operator's all, of others those of the entities it is about.
  static func all(of reading: Reading) -> [NamedForm] {
    forms(of: reading.mentions, isConfigured: true)
      + forms(of: chosen(reading.names), isConfigured: false)
  }

  private static func forms(of mentions: [Reading.Mention], isConfigured: Bool) -> [NamedForm] {
    var forms: [NamedForm] = []
    var places: [[String]: Int] = [:]
    for mention in mentions {
      let form = NamedForm(mention, isConfigured: isConfigured)
      guard form.text.utf8.count <= longest, !form.text.isEmpty else { continue }
      let place = places[[form.said, form.text], default: forms.count]
      if place == forms.count {
        places[[form.said, form.text]] = place
        forms.append(form)
      }
      forms[place].mentions += 1
    }
    return forms
  }

  /// Mentions of the entities that an article names in its title, then most often, then first.
  private static func chosen(_ names: [Reading.Mention]) -> [Reading.Mention] {
    var ranks: [String: (inTitle: Int, count: Int, order: Int)] = [:]
    for (order, name) in names.enumerated() {
      var rank = ranks[name.entity] ?? (0, 0, order)
      if name.field == "title" { rank.inTitle = 1 }
      rank.count += 1
      ranks[name.entity] = rank
    }
    guard ranks.count > limit else { return names }
    let ranked = ranks.sorted {
      ($1.value.inTitle, $1.value.count, $0.value.order)
        < ($0.value.inTitle, $0.value.count, $1.value.order)
    }
    let kept = Set(ranked.prefix(limit).map(\.key))
    return names.filter { kept.contains($0.entity) }
  }
}
