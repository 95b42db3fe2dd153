import UnixSignals

/// Signals that ask for something other than the end.
enum Signals {
  /// One element for each SIGHUP.
  static func hangUps() async -> UnixSignalsSequence {
    await UnixSignalsSequence(trapping: .sighup)
  }
}
