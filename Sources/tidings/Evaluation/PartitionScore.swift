/// How well groups agree with those that people made.
///
/// B-cubed (Bagga and Baldwin 1998): of each item, the share of its group that belongs with it, and the share
/// of what belongs with it that its group has; the mean over all. Pairs: the same of pairs in one group.
struct PartitionScore: Hashable {
  var precision: Double
  var recall: Double

  var f: Double {
    precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  /// `made` and `gold` name the group of each item.
  static func bCubed(_ made: [String], gold: [String]) -> PartitionScore {
    let counts = Counts(made, gold)
    var (precision, recall) = (0.0, 0.0)
    for (made, gold) in zip(made, gold) {
      let both = Double(counts.both[Both(made: made, gold: gold)] ?? 0)
      precision += both / Double(counts.made[made] ?? 1)
      recall += both / Double(counts.gold[gold] ?? 1)
    }
    let items = Double(max(1, gold.count))
    return PartitionScore(precision: precision / items, recall: recall / items)
  }

  static func pairs(_ made: [String], gold: [String]) -> PartitionScore {
    let counts = Counts(made, gold)
    let both = pairs(counts.both.values)
    let (found, right) = (pairs(counts.made.values), pairs(counts.gold.values))
    return PartitionScore(
      precision: found == 0 ? 1 : Double(both) / Double(found),
      recall: right == 0 ? 1 : Double(both) / Double(right))
  }

  private static func pairs(_ counts: some Sequence<Int>) -> Int {
    counts.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
  }

  private struct Both: Hashable {
    var made: String
    var gold: String
  }

  /// Items of each group, and of each pair of a made one and one of people.
  private struct Counts {
    var made: [String: Int] = [:]
    var gold: [String: Int] = [:]
    var both: [Both: Int] = [:]

    init(_ made: [String], _ gold: [String]) {
      for (made, gold) in zip(made, gold) {
        self.made[made, default: 0] += 1
        self.gold[gold, default: 0] += 1
        both[Both(made: made, gold: gold), default: 0] += 1
      }
    }
  }
}
