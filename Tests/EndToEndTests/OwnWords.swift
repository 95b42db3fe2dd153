/// Words that nothing else has: who has them tells a story of its own, whatever else it shares.
enum OwnWords {
  /// Eighty of them for each name.
  static func text(_ name: String) -> String {
    (0..<80).map { "\(name)kata\($0)" }.joined(separator: " ")
  }
}
