/// What a token is to a name: outside, or at its beginning or inside, of one of three kinds.
enum TagLabel {
  static let count = 7
  static let outside = 0

  /// 1, 3, 5 begin a name; 2, 4, 6 go on with it.
  static func begin(_ kind: NameKind) -> Int { 1 + 2 * place(of: kind) }
  static func inside(_ kind: NameKind) -> Int { 2 + 2 * place(of: kind) }

  static func kind(of label: Int) -> NameKind? {
    label == outside ? nil : kinds[(label - 1) / 2]
  }

  static func begins(_ label: Int) -> Bool { label % 2 == 1 }

  /// Whether `label` may stand behind `before`: only a name that was begun goes on.
  static func follows(_ before: Int, _ label: Int) -> Bool {
    guard label > 0, !begins(label) else { return true }
    return before == label || before == label - 1
  }

  private static let kinds: [NameKind] = [.person, .place, .organisation]
  private static func place(of kind: NameKind) -> Int { kinds.firstIndex(of: kind) ?? 0 }

  /// The spans of a row of labels, in order.
  static func spans(_ labels: [Int]) -> [(tokens: Range<Int>, kind: NameKind)] {
    var spans: [(tokens: Range<Int>, kind: NameKind)] = []
    for (index, label) in labels.enumerated() {
      guard let kind = kind(of: label) else { continue }
      if !begins(label), let last = spans.last, last.tokens.upperBound == index, last.kind == kind {
        spans[spans.count - 1].tokens = last.tokens.lowerBound..<index + 1
      } else {
        spans.append((index..<index + 1, kind))
      }
    }
    return spans
  }
}
