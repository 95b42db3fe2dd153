import Core
import Glibc
import Synchronization

/// How far long work is: a bar with rate and time left where a person looks, a line a minute elsewhere.
///
/// All on standard error, so that output stays what it is.
final class Progress: Sendable {
  private let unit: String
  private let scale: Double
  private let start = ContinuousClock.now
  private let isPerson = isatty(STDERR_FILENO) == 1
  private let told = Mutex<ContinuousClock.Instant?>(nil)

  /// - Parameters:
  ///   - unit: what is counted, in the plural.
  ///   - scale: how many of what is reported make one of `unit`.
  init(_ unit: String, scale: Double = 1) {
    (self.unit, self.scale) = (unit, scale)
  }

  /// Says that `done` of `all` is done; cheap enough to be called often.
  func report(_ done: UInt64, of all: UInt64) {
    let now = ContinuousClock.now
    let pause = isPerson ? Duration.milliseconds(100) : .seconds(60)
    let isDue = told.withLock { last in
      guard now - (last ?? start) >= pause else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let text = Self.text(done, of: all, after: (now - start).seconds, unit: unit, scale: scale)
    isPerson ? Terminal.redraw(text) : Terminal.tell(text)
  }

  /// Takes the bar away.
  func end() {
    if isPerson, told.withLock({ $0 != nil }) { Terminal.redraw("") }
  }

  /// One line: a bar, how much of how much, how fast, how long still.
  static func text(
    _ done: UInt64, of all: UInt64, after seconds: Double, unit: String, scale: Double
  ) -> String {
    let share = all == 0 ? 1 : min(1, Double(done) / Double(all))
    let filled = Int((share * 24).rounded(.down))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled)
    let counts = "\(Int(Double(done) / scale)) of \(Int(Double(all) / scale)) \(unit)"
    guard seconds > 0, done > 0 else { return "[\(bar)] \(counts)" }
    let rate = Double(done) / seconds
    let left = Int((Double(all - min(done, all)) / rate).rounded(.up))
    let time = left >= 60 ? "\(left / 60) min \(left % 60) s" : "\(left) s"
    return "[\(bar)] \(counts), \(Int(rate / scale)) \(unit)/s, \(time) left"
  }
}
