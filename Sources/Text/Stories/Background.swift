/// How common terms are in a language before anything was seen of it: tables that ship.
public struct Background: Sendable {
  /// What a document of a table counts for beside one that was seen.
  static let factor = 0.2

  /// Documents, and by term those that hold it.
  private struct Table {
    var documents: Double
    var terms: [UInt64: Double]
  }

  private var tables: [String: Table] = [:]

  public init() {}

  /// Takes the table of a language; false where `table` is none.
  ///
  /// Its documents stand in the first line; then in each a term, a tab, and how many of them hold it.
  public mutating func read(_ table: String, for language: String) -> Bool {
    let lines = table.utf8.split(separator: 0x0A)
    guard let documents = lines.first.flatMap({ Double(Substring($0)) }) else { return false }
    var terms: [UInt64: Double] = [:]
    terms.reserveCapacity(lines.count)
    for line in lines.dropFirst() {
      let fields = line.split(separator: 0x09)
      guard fields.count == 2, let count = Double(Substring(fields[1])) else { return false }
      terms[WordHash.hash(String(Substring(fields[0])))] = count
    }
    tables[language] = Table(documents: documents, terms: terms)
    return true
  }

  /// What the table of a language says of terms.
  public func shares(of terms: [UInt64], in language: String) -> TermShares {
    guard let table = tables[language] else {
      return TermShares(documents: 0, terms: Array(repeating: 0, count: terms.count))
    }
    return TermShares(
      documents: Self.factor * table.documents,
      terms: terms.map { Self.factor * (table.terms[$0] ?? 0) })
  }

  /// The table of `documents`: of the terms that at least two hold the commonest.
  public static func table(of documents: [String]) -> String {
    var counts: [String: Int] = [:]
    for document in documents {
      let words = Words(document)
      let terms = words.words.lazy.filter { $0.folded.count >= 2 && !words.isSpaceless($0) }
      for term in Set(terms.map(words.text)) { counts[term, default: 0] += 1 }
    }
    let kept = counts.filter { $0.value > 1 }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(20_000)
    return "\(documents.count)\n" + kept.map { "\($0.key)\t\($0.value)\n" }.joined()
  }
}
