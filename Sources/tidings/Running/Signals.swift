import Glibc
import UnixSignals

/// Signals that ask for something other than the end.
enum Signals {
  /// Lets SIGTERM and SIGINT end the program with 0, until the services take them.
  ///
  /// Nothing is lost by it during a start: what is in the log is durable, and the rest made again.
  static func endAtOnce() {
    for number in [SIGTERM, SIGINT] { _ = signal(number) { _ in _exit(0) } }
  }

  /// Lets a write past a limit on the size of files fail with an error number, which the log knows as a full
  /// disk, instead of ending the program (setrlimit(2), RLIMIT_FSIZE).
  static func makeFileLimitAnError() {
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// One element for each SIGHUP.
  static func hangUps() async -> UnixSignalsSequence {
    await UnixSignalsSequence(trapping: .sighup)
  }
}
