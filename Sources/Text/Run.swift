extension [UInt64] {
  /// Whether the elements of `run` stand in it side by side.
  ///
  /// Linear also in texts made to be slow, of one word repeated (Knuth, Morris and Pratt, SIAM J. Comput. 6, 1977).
  public func holds(run: [UInt64]) -> Bool {
    guard !run.isEmpty else { return true }
    // How much of the run is still met when the next element does not go on.
    var fallback = [0]
    for element in run.dropFirst() {
      fallback.append(Self.step(fallback[fallback.count - 1], element, run, fallback))
    }
    var met = 0
    for element in self {
      met = Self.step(met, element, run, fallback)
      if met == run.count { return true }
    }
    return false
  }

  private static func step(
    _ met: Int, _ element: UInt64, _ run: [UInt64], _ fallback: [Int]
  ) -> Int {
    var met = met
    while met > 0, run[met] != element { met = fallback[met - 1] }
    return run[met] == element ? met + 1 : met
  }
}
