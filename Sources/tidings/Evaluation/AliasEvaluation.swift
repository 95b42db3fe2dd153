import Core
import Text

/// How well pairs of names are told apart that mean the same, or do not.
struct AliasEvaluation {
  private struct Pair {
    var a: String
    var b: String
    var isSame: Bool
  }

  private let pairs: [Pair]
  private let gazetteer: Gazetteer

  /// Reads pairs, each a line of JSON: `a`, `b` and whether they are `same`.
  ///
  /// - Throws: `Failure` for the first line that is none.
  init(_ files: [String], _ gazetteer: Gazetteer) throws {
    self.gazetteer = gazetteer
    pairs = try files.flatMap { file in
      try JSONFile.values(file, what: "is no pair of names", fix: "write a, b and same") { value in
        guard let a = value["a"]?.string, let b = value["b"]?.string, let same = value["same"]
        else { return nil }
        return Pair(a: a, b: b, isSame: same == .bool(true))
      }
    }
  }

  static func isFile(_ file: String) throws -> Bool {
    try JSONFile.first(file).map { $0["a"] != nil && $0["b"] != nil } ?? false
  }

  /// Lines of columns: what is linked by itself, and what is only suggested to people with it.
  var lines: [String] {
    var columns = Columns("PAIRS", "PRECISION", "RECALL", "F", "N")
    for (name, decides) in [("linked", isLinked), ("suggested", isSuggested)] {
      var count = NameScore.Count()
      for pair in pairs {
        let isFound = decides(pair)
        count.wanted += pair.isSame ? 1 : 0
        count.found += isFound ? 1 : 0
        count.right += isFound && pair.isSame ? 1 : 0
      }
      columns.add([name] + count.cells(of: pairs.count))
    }
    return columns.lines
  }

  /// Whether lists say that both are one.
  private func isLinked(_ pair: Pair) -> Bool {
    !gazetteer.ids(of: pair.a).isDisjoint(with: gazetteer.ids(of: pair.b))
  }

  private func isSuggested(_ pair: Pair) -> Bool {
    let (a, b) = (gazetteer.ids(of: pair.a), gazetteer.ids(of: pair.b))
    return isLinked(pair) || (a.isEmpty || b.isEmpty) && likeness(pair) != nil
  }

  private func likeness(_ pair: Pair) -> ComparedName.Likeness? {
    ComparedName(pair.a).likeness(to: ComparedName(pair.b))
  }
}
