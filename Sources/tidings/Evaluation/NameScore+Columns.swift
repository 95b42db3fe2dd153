import Text

extension NameScore.Count {
  /// Precision, recall and F as a person reads them, and of how many.
  func cells(of all: Int) -> [String] {
    [precision, recall, f].map(CountList.tenths) + [String(all)]
  }
}
