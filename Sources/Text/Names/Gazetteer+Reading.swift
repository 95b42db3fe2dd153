extension Gazetteer {
  /// Reads the TSV; all of it is folded in one pass.
  ///
  /// - Throws: `GazetteerError` with the first line that cannot be read.
  public init(reading bytes: [UInt8]) throws(GazetteerError) {
    self.init()
    guard bytes.count <= Self.limit else { throw GazetteerError(line: 0, what: "is over 64 MiB") }
    var reading = GazetteerReading()
    var number = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      number += 1
      if end > start, bytes[start] != UInt8(ascii: "#") {
        try reading.take(bytes[start..<end], number: number, into: &self)
      }
      start = end + 1
    }
    reading.file(into: &self)
  }
}

/// A line of a gazetteer that cannot be read.
public struct GazetteerError: Error, Hashable, Sendable {
  /// From 1; 0 for the file as a whole.
  public var line: Int
  public var what: String
}

/// The pass over the lines of a gazetteer.
private struct GazetteerReading {
  /// An alias whose words are not folded yet.
  private struct Row {
    var alias: Gazetteer.Alias
    /// How far its words reach in the text of all aliases, in lines.
    var kind: NameKind
  }

  private var rows: [Row] = []
  /// All aliases, a line each: folding them in one go is ten times as fast.
  private var text: [UInt8] = []
  private var places: [String: Int] = [:]
  private var lastID: [UInt8] = []
  private var entity = -1

  mutating func take(
    _ line: ArraySlice<UInt8>, number: Int, into gazetteer: inout Gazetteer
  ) throws(GazetteerError) {
    let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
    guard fields.count == 7 else {
      throw GazetteerError(line: number, what: "has \(fields.count) fields instead of 7")
    }
    try enter(fields, number, &gazetteer)
    var alias = Gazetteer.Alias(
      entity: entity, flags: [], context: [], source: Self.text(fields[6]))
    if !fields[3].isEmpty { alias.language = Self.text(fields[3]) }
    for flag in fields[5].split(separator: UInt8(ascii: " ")) {
      try take(flag, of: fields[4], number, &alias)
    }
    rows.append(Row(alias: alias, kind: gazetteer.entities[entity].kind))
    text += fields[4]
    text.append(0x0A)
  }

  /// Goes on with the entity of the line before, or takes up another.
  private mutating func enter(
    _ fields: [ArraySlice<UInt8>], _ number: Int, _ gazetteer: inout Gazetteer
  ) throws(GazetteerError) {
    if entity >= 0, fields[0].elementsEqual(lastID) { return }
    lastID = Array(fields[0])
    let id = Self.text(fields[0])
    if let known = places[id] {
      entity = known
      return
    }
    guard let kind = NameKind(rawValue: Self.text(fields[1])), !id.isEmpty, !fields[2].isEmpty
    else {
      throw GazetteerError(
        line: number, what: "has no id, no name or an unknown type '\(Self.text(fields[1]))'")
    }
    entity = gazetteer.add(Gazetteer.Entity(id: id, name: Self.text(fields[2]), kind: kind))
    places[id] = entity
  }

  private func take(
    _ flag: ArraySlice<UInt8>, of name: ArraySlice<UInt8>, _ number: Int,
    _ alias: inout Gazetteer.Alias
  ) throws(GazetteerError) {
    let text = Self.text(flag)
    switch text {
    case "exact": alias.exact = Array(name)
    case "part": alias.flags.insert(.part)
    case "lang": alias.flags.insert(.language)
    case "minor": alias.flags.insert(.minor)
    case "ctx": alias.flags.insert(.context)
    // Until when somebody held an office; the name stays.
    case _ where text.hasPrefix("until:"): break
    case _ where text.hasPrefix("ctx:"):
      alias.flags.insert(.context)
      alias.context = Words(String(text.dropFirst(4))).words.map(\.hash)
    default: throw GazetteerError(line: number, what: "has the unknown flag '\(text)'")
    }
  }

  /// Folds all aliases and files them, with their forms in languages that inflect names.
  mutating func file(into gazetteer: inout Gazetteer) {
    let words = Words(String(decoding: text, as: UTF8.self))
    var next = 0
    for (number, row) in rows.enumerated() {
      let start = next
      while next < words.words.count, words.words[next].paragraph == number { next += 1 }
      let hashes = words.words[start..<next].map(\.hash)
      gazetteer.add(row.alias, words: hashes[...])
      let isPerson = row.kind == .person && next - start > 1
      guard row.alias.exact == nil, isPerson || NameForms.languages.contains(row.alias.language)
      else { continue }
      let folded = words.words[start..<next].map(words.text)
      if isPerson { gazetteer.addSound(of: folded, entity: row.alias.entity) }
      for form in NameForms.forms(of: folded, in: row.alias.language, row.kind) {
        var alias = row.alias
        alias.source += " form"
        gazetteer.add(alias, words: form.map(WordHash.hash)[...])
      }
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
